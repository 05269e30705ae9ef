import { describe, expect, it } from "vitest";
import { ConvergenceError, type InvalidParameterError } from "../../../src/core/errors";
import { type Pool, serialPool } from "../../../src/core/pool";
import { createModes, excess, momentumSteps } from "../../../src/models/random-features";
import { type FeatureProblem, simulateFeatures } from "../../../src/simulate/random-features";
import { solveRecursion } from "../../../src/volterra/random-features";
import { ratesOf } from "../../reference/features-cases";

const features = { targetExponent: 1.5, spectrumExponent: 2, features: 12, modes: 40, labelNoise: 0.25 };
const problem: FeatureProblem = {
  features,
  steps: { rate: ratesOf(50, () => 0.2), batch: ratesOf(50, (t) => (t < 25 ? 1 : 3)) },
};
const simulation = { samples: 6, seed: 20261122, times: [0, 10, 50] };

describe("simulation of SGD on random features", () => {
  it("a sample depends on seed and number only, not on samples, report times or workers", async () => {
    const many = await simulateFeatures(problem, { ...simulation, keepCurves: true });
    const few = await simulateFeatures(problem, {
      ...simulation,
      samples: 2,
      times: [10, 49.6],
      keepCurves: true,
    });
    for (const sample of [0, 1]) {
      expect([...few.curves!.loss[sample]]).toEqual([...many.curves!.loss[sample]].slice(1));
    }
    const pool: Pool = {
      workers: 3,
      map: (task, pieces, options) => serialPool.map(task, structuredClone(pieces), options),
    };
    expect(await simulateFeatures(problem, { ...simulation, keepCurves: true }, { pool })).toEqual(many);
    const other = await simulateFeatures(problem, { ...simulation, seed: 1 });
    expect(other.series.loss[1]).not.toBe(many.series.loss[1]);
  });

  it("starts at the whole variance of the target", async () => {
    const { series, standardError } = await simulateFeatures(problem, simulation);
    const modes = createModes(features);
    expect(series.loss[0]).toBeCloseTo(modes.floor + excess(modes.start), 13);
    expect(series.excessLoss[0]).toBeCloseTo(excess(modes.start), 13);
    expect(standardError.loss[0]).toBe(0);
  });

  it("at a huge batch and without noise is gradient descent", async () => {
    const one = { ...features, features: 1, modes: 1, labelNoise: 0 };
    const steps = { rate: ratesOf(10, () => 0.3), batch: ratesOf(10, () => 100000) };
    const { series } = await simulateFeatures(
      { features: one, steps },
      { samples: 1, seed: 20261122, times: [10] },
    );
    // The second moment of a batch has the spread √(2/m).
    expect(Math.abs(series.loss[0] / 0.7 ** 20 - 1)).toBeLessThan(20 * (0.3 / 0.7) * 4 * Math.sqrt(2e-5));
  });

  it("with heavy-ball momentum 0 takes the very steps of SGD", async () => {
    const momentum = momentumSteps({ kind: "heavy-ball", momentum: 0 }, problem.steps.rate, 2);
    const plain = await simulateFeatures(problem, simulation);
    const heavy = await simulateFeatures({ ...problem, momentum }, simulation);
    for (const k of [0, 1, 2]) expect(heavy.series.loss[k]).toBeCloseTo(plain.series.loss[k], 13);
  });

  it("through the matrix of the first features has the law of the first features", async () => {
    const small = { ...features, features: 3, modes: 8 };
    const projection = Array.from({ length: 3 }, (_, i) =>
      new Float64Array(8).map((_, k) => (k === i ? 1 : 0)),
    );
    const steps = { rate: ratesOf(30, () => 0.3), batch: ratesOf(30, () => 1) };
    const { excess: theory } = await solveRecursion(createModes(small), steps);
    for (const one of [
      { features: small, steps },
      { features: small, steps, projection },
    ]) {
      const { series, standardError } = await simulateFeatures(one, {
        samples: 3000,
        seed: 20261122,
        times: [2, 30],
      });
      for (const [k, t] of [2, 30].entries()) {
        expect(Math.abs(series.excessLoss[k] - theory[t])).toBeLessThan(3.5 * standardError.excessLoss[k]);
      }
    }
  });

  it("refuses what it cannot do, and stops where weights diverge", async () => {
    const parameter = async (run: Promise<unknown>) =>
      ((await run.catch((e) => e)) as InvalidParameterError).parameter;
    const fractions = { ...problem.steps, batch: ratesOf(50, () => 1.5) };
    expect(await parameter(simulateFeatures({ ...problem, steps: fractions }, simulation))).toMatch(
      /^batchSize/,
    );
    expect(await parameter(simulateFeatures(problem, { ...simulation, samples: 0 }))).toBe(
      "simulation.samples",
    );
    expect(await parameter(simulateFeatures(problem, { ...simulation, times: [51] }))).toBe(
      "simulation.times",
    );
    const fast = { rate: ratesOf(20000, () => 3), batch: ratesOf(20000, () => 1) };
    const error = await simulateFeatures({ features, steps: fast }, { ...simulation, times: [20000] }).catch(
      (e) => e,
    );
    expect(error).toBeInstanceOf(ConvergenceError);
  });
});
