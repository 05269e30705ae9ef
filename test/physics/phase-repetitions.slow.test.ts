import { describe, expect, it } from "vitest";
import { type ParticleSolution, solveCausal, solveDamped, solveParticles } from "../../src/dmft";
import { createPasses } from "../../src/dmft/damped/pass";
import { createFunctions, temperatures } from "../../src/dmft/process/functions";
import { createRecursion } from "../../src/dmft/process/recursion";
import { createSetup } from "../../src/dmft/process/setup";
import { phaseRetrieval } from "../../src/models/phase-retrieval/problem";
import { mean, standardError, variance } from "../../src/numerics/statistics";

const SEED = 20261122;
const problem = phaseRetrieval({
  sampleRatio: 3,
  algorithm: "persistent-sgd",
  batchFraction: 0.5,
  persistence: 1,
  learningRate: 0.02,
});
const REPEATS = 20;
/** m(2) by 1000 runs of particles. */
const KNOWN = { value: 0.4086, error: 0.0003 };

// Interacting particles themselves: see phase-particles.slow.test.ts.
describe("over 20 repetitions with other seeds", () => {
  const until = 2;
  it.each([
    [
      "the damped iteration",
      (seed: string) => solveDamped(problem, { until, trajectories: 256, iterations: 48, runs: 6, seed }),
    ],
    ["marching", (seed: string) => solveCausal(problem, { until, trajectories: 1024, runs: 8, seed })],
  ])(
    "the spread of m(2) by %s is the stated standard error, and its mean that of the particles",
    async (_, solve) => {
      const values: number[] = [];
      const errors: number[] = [];
      let told = 0;
      for (let repeat = 0; repeat < REPEATS; repeat++) {
        const { series, standardError: stated, notes } = await solve(`${SEED} ${repeat}`);
        values.push(series.overlap[100]);
        errors.push(stated.overlap[100] ** 2);
        if (notes.some((note) => /^against interacting particles the overlap (agrees|differs)/.test(note)))
          told++;
      }
      const ratio = Math.sqrt(variance(values) / mean(errors));
      expect(ratio).toBeGreaterThan(1 / 1.5);
      expect(ratio).toBeLessThan(1.5);
      expect(told).toBe(REPEATS);
      // What sampling adds to the mean is less than 20 repetitions tell; every note speaks of it.
      const distance = Math.abs(mean(values) - KNOWN.value);
      expect(distance).toBeLessThan(3 * Math.hypot(standardError(values), KNOWN.error));
      console.log(
        `m(2) = ${mean(values).toFixed(4)} ± ${standardError(values).toFixed(4)}, spread over stated ${ratio.toFixed(2)}`,
      );
    },
  );
});

describe("the kernels of particles", () => {
  it("are a fixed point of the iteration: a pass from them gives them back", async () => {
    const [until, nodes, runs] = [1, 51, 8];
    const method = { until, particles: 8192, runs: 16, seed: SEED, pairs: "all" } as const;
    const particles: ParticleSolution = await solveParticles(problem, method);
    const setup = createSetup(problem, { until, seed: SEED }, 16_384);
    const start = createFunctions(nodes);
    const { series, kernel, time } = particles;
    for (let k = 0; k < nodes; k++) {
      for (let j = 0; j <= k; j++) {
        start.noise[k * nodes + j] = kernel("noiseKernel", time[k], time[j]).value;
        start.noise[j * nodes + k] = start.noise[k * nodes + j];
        start.memory[k * nodes + j] = kernel("responseKernel", time[k], time[j]).value;
      }
    }
    start.curvature.set(series.curvature);
    start.drive.set(series.drive);
    start.loss.set(series.trainingLoss);
    start.radial.set(temperatures(setup).map((t, k) => t - series.multiplier[k]));
    const recursion = createRecursion(setup, start);
    for (let k = 0; k < nodes; k++) recursion.advance(k);
    // What follows from the kernels without sampling is what the particles themselves do.
    for (const k of [10, 25, 50]) {
      expect(Math.abs(recursion.overlap[k] - series.overlap[k])).toBeLessThan(0.015);
    }
    const found = Array.from({ length: runs }, (_, run) => {
      const pass = createPasses(setup, run, 0)(start, 0);
      let step = pass.next();
      while (!step.done) step = pass.next();
      return step.value.averages;
    });
    const check = (label: string, values: number[], expected: number, error: number) => {
      const combined = Math.hypot(standardError(values), error);
      expect(Math.abs(mean(values) - expected), label).toBeLessThan(4 * combined);
      expect(combined, label).toBeLessThan(0.3 * Math.max(1, Math.abs(expected)));
    };
    for (const k of [10, 25, 50]) {
      for (const [name, series] of [
        ["curvature", "curvature"],
        ["drive", "drive"],
        ["loss", "trainingLoss"],
      ] as const) {
        const values = found.map((averages) => averages[name][k]);
        check(`${name} ${k}`, values, particles.series[series][k], particles.standardError[series][k]);
      }
      // Further off the diagonal the memory is a small mean of large numbers.
      for (const [name, other, lags] of [
        ["noise", "noiseKernel", [1, 5, k]],
        ["memory", "responseKernel", [1, 5]],
      ] as const) {
        for (const j of lags.map((lag) => k - lag)) {
          const { value, standardError } = kernel(other, time[k], time[j]);
          const values = found.map((averages) => averages[name][k * nodes + j]);
          check(`${name} ${k} ${j}`, values, value, standardError);
        }
      }
    }
  });
});
