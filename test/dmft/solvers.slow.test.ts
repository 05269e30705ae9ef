import { expect, it } from "vitest";
import { type DmftSolution, solveDamped } from "../../src/dmft";
import { phaseRetrieval } from "../../src/models/phase-retrieval/problem";

it("solutions know the multiplier from the fields and from the kernels", async () => {
  const problem = phaseRetrieval({
    sampleRatio: 3,
    algorithm: "persistent-sgd",
    batchFraction: 0.5,
    persistence: 1,
    learningRate: 0.0125,
  });
  const method = { until: 0.25, trajectories: 512, iterations: 40, runs: 6, seed: 20261122 };
  const gap = ({ series, standardError, kernelMultiplier }: DmftSolution, k: number) => ({
    distance: Math.abs(series.multiplier[k] - kernelMultiplier.value[k]),
    error: Math.hypot(standardError.multiplier[k], kernelMultiplier.standardError[k]),
  });
  const solution = await solveDamped(problem, method);
  for (const k of [5, 10, 20]) {
    const { distance, error } = gap(solution, k);
    // The projection and the multiplier differ by the order of a step.
    expect(distance).toBeLessThan(4 * error + 0.1);
  }
  const printed = { responseFactor: 1 / problem.batchFraction, overlapDamping: "multiplier" } as const;
  const { distance, error } = gap(await solveDamped(problem, method, {}, printed), 20);
  expect(distance).toBeGreaterThan(10 * Math.max(error, 0.05));
});
