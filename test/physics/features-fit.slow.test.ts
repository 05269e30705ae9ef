import { describe, expect, it } from "vitest";
import { simulateFeatures } from "../../src/simulate/random-features";
import { fitMeasured } from "../../src/systems/random-features/fit";
import { parameters as schema } from "../../src/systems/random-features/parameters";
import { validate } from "../../src/systems/schema/validate";

const CURVES = 20;
const STEPS = [...new Set(Array.from({ length: 24 }, (_, k) => Math.round(1000 ** (k / 23))))];
/** Both phases, much and little noise; none of them is a law on which the intervals were tried out. */
const LAWS = [
  { a: 3, b: 2, noise: 1, rate: 0.1 },
  { a: 2, b: 1.5, noise: 0.5, rate: 0.15 },
  { a: 1.75, b: 2.5, noise: 0.1, rate: 0.25 },
  { a: 1.4, b: 1.7, noise: 0.25, rate: 0.2 },
];

/** The loss of a law along the mean of so many runs, and its errors where there are several. */
async function measured(index: number, runs: number) {
  const { a, b, noise, rate } = LAWS[index % LAWS.length];
  const features = { targetExponent: a, spectrumExponent: b, features: 50, modes: null, labelNoise: noise };
  const steps = { rate: new Float64Array(1000).fill(rate), batch: new Float64Array(1000).fill(1) };
  const simulation = { samples: runs, seed: 20261122 + index, times: STEPS };
  const { series, standardError } = await simulateFeatures({ features, steps }, simulation);
  return {
    step: STEPS,
    loss: Array.from(series.loss),
    ...(runs > 1 && { standardError: Array.from(standardError.loss) }),
  };
}

/** How many of twenty curves have their law in the intervals, and how long those of a are. */
async function coverage(runs: number) {
  let [both, noise] = [0, 0];
  const lengths: number[] = [];
  for (let index = 1; index <= CURVES; index++) {
    const truth = LAWS[index % LAWS.length];
    const parameters = validate(
      schema,
      { targetExponent: 2, spectrumExponent: 2, features: 50, horizon: 1000, schedule: truth.rate },
      "parameters",
    );
    const laws = await fitMeasured(parameters, await measured(index, runs));
    const holds = (name: "targetExponent" | "spectrumExponent" | "labelNoise", value: number) =>
      laws[name].low <= value && value <= laws[name].high;
    if (holds("targetExponent", truth.a) && holds("spectrumExponent", truth.b)) both++;
    if (holds("labelNoise", truth.noise)) noise++;
    lengths.push(Math.log((laws.targetExponent.high - 1) / (laws.targetExponent.low - 1)));
  }
  return { both, noise, length: lengths.sort((x, y) => x - y)[CURVES / 2] };
}

describe("the fit of a measured curve holds (a, b), and σ², in 18 of 20", () => {
  it("means of 16 runs", async () => {
    const { both, noise, length } = await coverage(16);
    expect(both).toBeGreaterThanOrEqual(18);
    expect(noise).toBeGreaterThanOrEqual(18);
    // An interval that holds everything says nothing: half of them know a − 1 to a factor of 2.
    expect(length).toBeLessThan(2 * Math.log(2));
  });

  it("single runs, whose noise has long tails", async () => {
    const { both, noise } = await coverage(1);
    expect(both).toBeGreaterThanOrEqual(18);
    expect(noise).toBeGreaterThanOrEqual(18);
  });
});
