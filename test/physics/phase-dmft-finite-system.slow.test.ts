import { describe, expect, it } from "vitest";
import { extrapolatedCurveStatistic } from "../../src/compare";
import { ConvergenceError } from "../../src/core/errors";
import type { Ensemble } from "../../src/core/results";
import { type DampedMethod, type DmftSolution, solveDamped } from "../../src/dmft";
import { CORRECTED, type EquationForm } from "../../src/dmft/process/method";
import { type PhaseRetrieval, phaseRetrieval } from "../../src/models/phase-retrieval/problem";
import { simulatePhaseRetrieval } from "../../src/simulate/phase-retrieval";
import { FAILS, PASSES } from "./finite-system";

const SEED = 20261122;
const UNTIL = 0.3;
const TIMES = Array.from({ length: 6 }, (_, k) => 0.05 * (k + 1));
/**
 * 8 independent runs, whose noise enters the statistic. With 1024 trajectories their bias (0.0005 in the overlap of gradient
 * descent and 0.002 in its loss, against interacting particles) is several of their standard errors; with 4096 it is a quarter of that.
 */
const METHOD: DampedMethod = { until: UNTIL, trajectories: 4096, iterations: 64, runs: 8, seed: SEED };

async function simulateSizes(
  problem: PhaseRetrieval,
  until = UNTIL,
  times = TIMES,
): Promise<readonly Ensemble[]> {
  const ensembles: Ensemble[] = [];
  for (const [size, samples] of [
    [100, 1600],
    [300, 480],
  ]) {
    const simulation = {
      size,
      samples,
      seed: SEED,
      until,
      times,
      keepCurves: true,
      regress: true,
    };
    ensembles.push(await simulatePhaseRetrieval(problem, simulation));
  }
  return ensembles;
}

/** The misprinted theory need not converge: then what it has come to is what is tested. */
async function solve(
  problem: PhaseRetrieval,
  method: DampedMethod,
  form: EquationForm,
): Promise<DmftSolution> {
  try {
    return await solveDamped(problem, method, {}, form);
  } catch (error) {
    if (error instanceof ConvergenceError) return error.details.partial as DmftSolution;
    throw error;
  }
}

function against(ensembles: readonly Ensemble[], solution: DmftSolution, quantity: string) {
  const { series, curves } = solution.sample(ensembles[0].time);
  const groups = ensembles.map((ensemble) => ({ size: ensemble.size, curves: ensemble.curves![quantity] }));
  return extrapolatedCurveStatistic(series[quantity], groups, { theoryCurves: curves![quantity] });
}

describe("effective process against the finite system, N = 100 and 300 extrapolated", () => {
  it("persistent SGD: the corrected equations pass, both misprints fail on the same data", async () => {
    const problem = phaseRetrieval({
      sampleRatio: 3,
      algorithm: "persistent-sgd",
      batchFraction: 0.5,
      persistence: 1,
    });
    const ensembles = await simulateSizes(problem);
    const corrected = await solveDamped(problem, METHOD);
    for (const quantity of ["overlap", "trainingLoss"]) {
      expect(against(ensembles, corrected, quantity).pValue, quantity).toBeGreaterThanOrEqual(PASSES);
    }
    // Eq. (A.21) with α/ℓ² instead of α/ℓ.
    const kernel = await solve(problem, METHOD, { ...CORRECTED, responseFactor: 1 / problem.batchFraction });
    expect(against(ensembles, kernel, "overlap").statistic).toBeGreaterThanOrEqual(FAILS);
    // Eq. (A.23) with ν̂ + δν instead of ν̂, where the multiplier is explicit.
    const form = { ...CORRECTED, overlapDamping: "multiplier and curvature" } as const;
    const overlap = await solve(problem, { ...METHOD, sphere: "multiplier" }, form);
    expect(against(ensembles, overlap, "overlap").statistic).toBeGreaterThanOrEqual(FAILS);
  });

  // Responses without their tail would take the overlap up by 0.02 in this time.
  it("persistent SGD passes to t = 1 with the default method", async () => {
    const problem = phaseRetrieval({
      sampleRatio: 3,
      algorithm: "persistent-sgd",
      batchFraction: 0.5,
      persistence: 1,
    });
    const ensembles = await simulateSizes(problem, 1, [0.1, 0.2, 0.4, 0.6, 0.8, 1]);
    const solution = await solveDamped(problem, { until: 1, seed: SEED });
    expect(solution.notes).toEqual([
      expect.stringMatching(/^against interacting particles the overlap agrees/),
    ]);
    for (const quantity of ["overlap", "trainingLoss"]) {
      const { pValue, statistic } = against(ensembles, solution, quantity);
      expect(pValue, `${quantity}: ${statistic}`).toBeGreaterThanOrEqual(PASSES);
    }
  });

  it.each([
    ["gradient descent, α = 2, m0 = 0.5", { sampleRatio: 2, initialOverlap: 0.5 }],
    ["gradient descent, α = 2, m0 = 0.8", { sampleRatio: 2, initialOverlap: 0.8 }],
    ["Langevin, T = 1", { sampleRatio: 3, algorithm: "langevin", temperature: 1 }],
    ["SGD, ℓ = 0.5", { sampleRatio: 3, algorithm: "sgd", batchFraction: 0.5 }],
    ["gradient descent with ridge", { sampleRatio: 3, constraint: { ridge: 0.5 } }],
    [
      "persistent SGD with ridge",
      {
        sampleRatio: 3,
        algorithm: "persistent-sgd",
        batchFraction: 0.5,
        persistence: 1,
        constraint: { ridge: 0.5 },
      },
    ],
    [
      "Langevin with ridge",
      { sampleRatio: 3, algorithm: "langevin", temperature: 1, constraint: { ridge: 0.5 } },
    ],
  ] as const)("%s passes", async (_name, parameters) => {
    const problem = phaseRetrieval(parameters);
    const ensembles = await simulateSizes(problem);
    const solution = await solveDamped(problem, METHOD);
    const onSphere = problem.constraint === "sphere";
    for (const quantity of ["overlap", "trainingLoss", "meanSquaredError", ...(onSphere ? [] : ["norm"])]) {
      expect(against(ensembles, solution, quantity).pValue, quantity).toBeGreaterThanOrEqual(PASSES);
    }
  });
});
