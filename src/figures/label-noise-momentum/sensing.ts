import { linear, log } from "../drawing/axis";
import { theory } from "../drawing/marks";
import { rampColour } from "../drawing/palette";
import { seedFor, timesBetween } from "../kit/config";
import { figure } from "../kit/figure";
import { plain } from "../kit/plain";
import { table } from "../kit/table";
import { paper } from "./setting";

/** Label noise of variance 0.1, η = 0.1, from U = V = I, as in the paper. */
const SETTING = { learningRate: 0.1, noise: Math.sqrt(0.1), start: "off" };

/** Matrix sensing: test error and trace of the Hessian by momentum, with the epoch-wise double descent. */
export const sensing = figure({
  id: "label-noise-sensing",
  title: "Momentum with label noise: matrix sensing",
  paper: `${paper}, figure 3`,

  // The two momenta with the lowest final test error are compared in the inset.
  presets: {
    quick: { d: 6, rank: 1, data: 30, momenta: [0, 0.8, 0.95, 0.99], until: 6000, runs: 2 },
    standard: {
      d: 16,
      rank: 1,
      data: 80,
      momenta: [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99],
      until: 20_000,
      runs: 2,
    },
    paper: {
      d: 100,
      rank: 5,
      data: 2500,
      momenta: [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99],
      until: 10_000,
      runs: 1,
    },
  },
  cost: { quick: 0.6, standard: 56, paper: 11_000 },
  sizesText: ({ d, rank, data, until, runs }) =>
    `d = ${d}, r = ${rank}, P = ${data}, ${until} steps, ${runs} run${runs === 1 ? "" : "s"}`,

  async compute(lab, { d, rank, data, momenta, until, runs }) {
    const times = [...new Set(timesBetween(1, until, 60).map(Math.round))];
    const curves = await lab.parts(momenta, async (momentum, inner) => {
      const { time, series } = await inner.simulate(`β = ${momentum}`, {
        system: "label-noise-momentum",
        parameters: { model: "matrix-sensing", d, rank, samples: data, momentum, ...SETTING },
        simulation: { samples: runs, until, seed: seedFor(`sensing, β = ${momentum}`) },
        report: { times, quantities: ["testError", "hessianTrace"] },
      });
      const { testError, hessianTrace } = series;
      return { momentum, ...plain({ time, testError, hessianTrace }) };
    });
    return { curves };
  },

  show({ curves }, { d, rank, data, runs }) {
    const last = (values: readonly number[]) => values[values.length - 1];
    const lines = (which: "testError" | "hessianTrace", some = curves) =>
      some.map((one) =>
        theory(one.time, one[which], {
          colour: rampColour(curves.indexOf(one), curves.length),
          label: `β = ${one.momentum}`,
        }),
      );
    const best = [...curves].sort((a, b) => last(a.testError) - last(b.testError)).slice(0, 2);
    const peak = (values: readonly number[]) => Math.max(...values.slice(dip(values)));
    return {
      caption:
        `Matrix sensing (d = ${d}, target of rank ${rank}, P = ${data} measurements) by SGD with momentum and label noise of variance 0.1 at η = 0.1, from U = V = I` +
        `${runs > 1 ? `; means over ${runs} runs with the same data` : ""}. Left: test error |UVᵀ − X*|²/d. Right: trace of the Hessian. Below, the inset: the two momenta with the ` +
        "lowest test error at the end, which cross late.",
      panels: {
        "Test error and trace of the Hessian": {
          description: "Test error and trace of the Hessian against the step, by momentum",
          columns: 2,
          rowHeight: 320,
          drawings: [
            {
              title: "a: test error",
              x: log("step"),
              y: log("test error"),
              legend: "bottom-left" as const,
              marks: lines("testError"),
            },
            {
              title: "b: trace of the Hessian",
              x: log("step"),
              y: log("Tr H"),
              // Named beside, where there is room.
              marks: lines("hessianTrace").map(({ label: _, ...line }) => line),
            },
          ],
        },
        "Inset: the best two momenta": {
          description: "Test error of the two best momenta, linear in the step",
          drawings: [{ x: linear("step"), y: log("test error"), marks: lines("testError", best) }],
        },
      },
      table: table(curves, [
        ["β", ({ momentum }) => momentum],
        ["first dip of the test error", ({ testError }) => testError[dip(testError)], 4],
        ["peak after it", ({ testError }) => peak(testError), 4],
        ["test error at the end", ({ testError }) => last(testError), 4],
        ["Tr H at the end", ({ hessianTrace }) => last(hessianTrace), 3],
      ]),
      notes: [
        "Epoch-wise double descent: where the peak after the first dip is above it, the test error has risen again before the drift along the manifold brings it down. The peak " +
          "grows with β. One step is one epoch: all measurements are used at once.",
        "The paper preset reads 2 × 200 MB of measurements a step; a step takes 0.16 s on one core.",
      ],
    };
  },
});

/** Index of the first local minimum. */
function dip(values: readonly number[]): number {
  const k = values.findIndex((value, i) => i + 1 < values.length && values[i + 1] > value);
  return k < 0 ? values.length - 1 : k;
}
