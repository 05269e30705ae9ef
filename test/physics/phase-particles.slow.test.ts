import { describe, expect, it } from "vitest";
import { extrapolatedCurveStatistic } from "../../src/compare";
import { type ParticleSolution, solveParticles } from "../../src/dmft";
import { type PhaseRetrieval, phaseRetrieval } from "../../src/models/phase-retrieval/problem";
import { simulatePhaseRetrieval } from "../../src/simulate/phase-retrieval";
import { type PhaseCase, phaseCases } from "../reference/phase-cases";
import { FAILS, PASSES } from "./finite-system";

const SEED = 20261122;
const ETA = 0.02;
const descent = phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.5, learningRate: ETA });
const persistent = phaseRetrieval({
  sampleRatio: 3,
  algorithm: "persistent-sgd",
  batchFraction: 0.5,
  persistence: 1,
  learningRate: ETA,
});
const langevin = phaseRetrieval({ sampleRatio: 3, algorithm: "langevin", temperature: 1, learningRate: ETA });
const ALGORITHMS: readonly [string, PhaseRetrieval][] = [
  ["persistent SGD", persistent],
  ["gradient descent", descent],
  ["Langevin", langevin],
];

interface ParticleCase extends PhaseCase {
  readonly run: {
    readonly config: { readonly parameters: Parameters<typeof phaseRetrieval>[0] };
    readonly select: readonly { readonly quantity: string }[];
  };
}

describe("reference values of the particle form", () => {
  const cases = (phaseCases as readonly ParticleCase[]).filter(({ id }) => id.startsWith("particle_"));
  const systems = [...new Set(cases.map(({ system }) => system))];
  it("are 22 of three systems", () => {
    expect([systems.length, cases.length]).toEqual([3, 22]);
  });

  it.each(systems)("%s", async (system) => {
    const own = cases.filter((one) => one.system === system);
    const problem = phaseRetrieval(own[0].run.config.parameters);
    const until = Math.max(...own.map(({ t }) => t!));
    const solution = await solveParticles(problem, { until, runs: 64, seed: SEED });
    for (const { id, run, t, value, tolerance } of own) {
      const { quantity } = run.select[0];
      const { series, standardError } = solution.sample([t!]);
      const error = standardError![quantity][0];
      // The reference has errors of its own, by its tolerance; ours are those of 64 runs, and no larger than they should be.
      expect(Math.abs(series[quantity][0] - value), id).toBeLessThan(Math.hypot(tolerance, 3 * error));
      expect(error, id).toBeLessThan(0.01);
    }
  });
});

describe("the equations, without a simulation", () => {
  const NODES = 101;
  const all = Array.from({ length: NODES }, (_, k) =>
    Array.from({ length: k + 1 }, (_, j) => [k * ETA, j * ETA]),
  );
  const pairs = all.flat() as [number, number][];

  /** ν̂ by (P.19) from a run's own kernels minus T − κ, the mean over the runs and its error at a node. */
  function gap(problem: PhaseRetrieval, runs: readonly ParticleSolution[], k: number, responseFactor = 1) {
    const found = runs.map(({ series, kernel }) => {
      const at = (name: Parameters<typeof kernel>[0], j: number) => kernel(name, k * ETA, j * ETA).value;
      const { overlap, drive, curvature, multiplier } = series;
      let sum = 0;
      for (let i = 0; i < k; i++) {
        const correlation = at("correlation", i) - overlap[k] * overlap[i];
        sum +=
          responseFactor * at("responseKernel", i) * correlation + at("noiseKernel", i) * at("response", i);
      }
      const m = overlap[k];
      return problem.temperature - curvature[k] * (1 - m * m) + ETA * sum - m * drive[k] - multiplier[k];
    });
    const mean = found.reduce((sum, x) => sum + x, 0) / runs.length;
    const square = found.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs.length - 1);
    return { mean, error: Math.sqrt(square / runs.length) };
  }

  it.each(ALGORITHMS)("give the multiplier from the kernels of a run: %s", async (_, problem) => {
    const runs: ParticleSolution[] = [];
    for (let run = 0; run < 16; run++) {
      runs.push(
        await solveParticles(problem, { until: 2, particles: 4096, runs: 1, seed: `${SEED} ${run}`, pairs }),
      );
    }
    for (const t of [0.5, 1, 1.5, 2]) {
      const { mean, error } = gap(problem, runs, Math.round(t / ETA));
      expect(Math.abs(mean), `t = ${t}`).toBeLessThan(3 * error);
      expect(error, `t = ${t}`).toBeLessThan(0.15);
    }
    if (problem.batchFraction === 1) return;
    // Eq. (A.21) as printed, with α/ℓ² instead of α/ℓ.
    const printed = gap(problem, runs, 50, 1 / problem.batchFraction);
    expect(Math.abs(printed.mean)).toBeGreaterThan(FAILS * printed.error);
  });

  it.each(ALGORITHMS)("damp the overlap by ν̂, and not by ν̂ + δν: %s", async (_, problem) => {
    const { curves } = await solveParticles(problem, { until: 1, runs: 1, seed: SEED });
    const [[m], [nu], [delta], [mu]] = ["overlap", "multiplier", "curvature", "drive"].map(
      (name) => curves[name],
    );
    for (const k of [10, 25, 49]) {
      const slope = (m[k + 1] - m[k - 1]) / (2 * ETA);
      const expected = -nu[k] * m[k] - mu[k];
      const printed = expected - delta[k] * m[k];
      // The step's own order, and of stochastic algorithms the heat that |w|² gets in it.
      const own = Math.abs(slope - expected);
      expect(own, `k = ${k}`).toBeLessThan(0.06);
      expect(Math.abs(slope - printed)).toBeGreaterThan(10 * own);
    }
  });
});

describe("steps and errors", () => {
  it("are of first order in the learning rate", async () => {
    const at = async (learningRate: number) => {
      const problem = { ...descent, learningRate };
      // The same matrix and fields, so that nothing else differs.
      const { series } = (await solveParticles(problem, { until: 1, runs: 1, seed: SEED })).sample([0.5, 1]);
      return series.overlap;
    };
    const [coarse, middle, fine] = [await at(0.02), await at(0.01), await at(0.005)];
    for (const k of [0, 1]) {
      const ratio = (coarse[k] - middle[k]) / (middle[k] - fine[k]);
      expect(ratio).toBeGreaterThan(1.7);
      expect(ratio).toBeLessThan(2.4);
    }
  });

  it("tell the spread of repetitions with other seeds", async () => {
    const values: number[] = [];
    let stated = 0;
    for (let repeat = 0; repeat < 20; repeat++) {
      const solution = await solveParticles(persistent, { until: 2, runs: 8, seed: `${SEED} ${repeat}` });
      values.push(solution.series.overlap[100]);
      stated += solution.standardError.overlap[100] ** 2 / 20;
    }
    const mean = values.reduce((sum, x) => sum + x, 0) / 20;
    const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 19);
    expect(spread / Math.sqrt(stated)).toBeGreaterThan(1 / 1.5);
    expect(spread / Math.sqrt(stated)).toBeLessThan(1.5);
    expect(Math.abs(mean - 0.4086)).toBeLessThan(0.0003 + 3 * Math.sqrt(stated / 20));
  });
});

describe("particles against the finite system to t = 5, N = 100 and 300 extrapolated", () => {
  const times = [0.1, 0.2, 0.4, 0.7, 1, 1.5, 2, 3, 4, 5];

  it.each(ALGORITHMS)("%s", async (_, problem) => {
    const ensembles = [];
    for (const [size, samples] of [
      [100, 800],
      [300, 240],
    ]) {
      const simulation = { size, samples, seed: SEED, until: 5, times, keepCurves: true, regress: true };
      ensembles.push(await simulatePhaseRetrieval(problem, simulation));
    }
    const solution = (await solveParticles(problem, { until: 5, runs: 16, seed: SEED })).sample(times);
    for (const quantity of ["overlap", "trainingLoss", "multiplier"]) {
      const groups = ensembles.map(({ size, curves }) => ({ size, curves: curves![quantity] }));
      const theoryCurves = solution.curves![quantity];
      const { pValue, statistic } = extrapolatedCurveStatistic(solution.series[quantity], groups, {
        theoryCurves,
      });
      expect(pValue, `${quantity}: ${statistic}`).toBeGreaterThanOrEqual(PASSES);
    }
  });
});
