/** From a measured loss curve to a schedule: fits the power laws of the features, then asks for the best rates they allow. */
import { optimise, simulate } from "twotime";

const parameters = {
  targetExponent: 1.5,
  spectrumExponent: 1.5,
  features: 300,
  schedule: 0.1,
  horizon: 1000,
};
const problem = { system: "random-features", parameters } as const;
// Stands for a curve of one's own: loss by step at a constant rate, the mean of 64 runs.
const times = Array.from({ length: 31 }, (_, k) => Math.round(10 ** (k / 10)));
const measured = await simulate(problem, { samples: 64, seed: 1, times: [...new Set(times)] });
const fit = {
  step: Array.from(measured.time),
  loss: Array.from(measured.series.loss),
  standardError: Array.from(measured.standardError.loss),
};

const { values, schedule, notes } = await optimise(problem, {
  over: "learning-rate",
  fit,
  times: [1, 10, 100, 900],
});
console.log(values);
console.log("learning rate at steps 1, 10, 100, 900:", schedule.series.learningRate);
for (const note of notes) console.log(note);
