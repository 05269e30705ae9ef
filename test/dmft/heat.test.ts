import { expect, it } from "vitest";
import { solveCausal, solveDamped } from "../../src/dmft";
import { phaseRetrieval } from "../../src/models/phase-retrieval/problem";

const WEAK = 1e-6;
/** So weak that the fields only decay and are heated: an autoregression, whose variance is known. */
const cost = {
  value: (h: number) => (WEAK * h * h) / 2,
  first: (h: number) => WEAK * h,
  second: () => WEAK,
};

it.each([
  ["iteration", solveDamped],
  ["marching", solveCausal],
] as const)("heats the fields by √(2Tη) a step: %s", async (_, solve) => {
  const [ridge, temperature, learningRate, steps] = [0.5, 1, 0.02, 10];
  const problem = phaseRetrieval({
    sampleRatio: 1,
    algorithm: "langevin",
    temperature,
    learningRate,
    initialOverlap: 0.2,
    constraint: { ridge },
  });
  const method = { until: steps * learningRate, trajectories: 2048, runs: 8, seed: 20261122, cost };
  const { series, standardError } = await solve(problem, {
    ...method,
    ...(solve === solveDamped && { iterations: 4 }),
  });
  let variance = 1;
  let overlap = 0.2;
  for (let k = 0; k < steps; k++) {
    variance = (1 - learningRate * ridge) ** 2 * variance + 2 * temperature * learningRate;
    overlap *= 1 - learningRate * ridge;
  }
  const distance = Math.abs((2 * series.trainingLoss[steps]) / WEAK - variance - overlap ** 2);
  const error = (2 * standardError.trainingLoss[steps]) / WEAK;
  expect(error).toBeLessThan(0.02);
  expect(distance).toBeLessThan(5 * error);
});
