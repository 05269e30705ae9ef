import { requireBudget } from "../../core/budget";
import { integerAtLeast, nonNegative, oneOf, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Cost } from "../../models/cost";
import {
  BATCH_SAMPLINGS,
  type BatchSampling,
  checkPhaseRetrieval,
  type PhaseRetrieval,
  RECOVERY_LOSS,
  RETRIEVAL_QUANTITIES,
} from "../../models/phase-retrieval/problem";
import { type LearningRateLimits, learningRateLimits } from "../../models/phase-retrieval/stability";
import { reportTimes } from "../report-times";
import { retrievalCosts } from "./costs";
import { SAME, type Share, sharesOf } from "./shares";

/** How to simulate the finite system. Plain data, but for the cost. */
export interface RetrievalSimulation {
  /** N, at least 2; M = round(αN). */
  readonly size: number;
  readonly samples: number;
  readonly seed: number | string;
  /** Last time t; the run ends with the last step that begins before it. */
  readonly until: number;
  /** Report times, ascending, at most `until`; between steps values are interpolated. Default: `until`. */
  readonly times?: ArrayLike<number>;
  /** Pairs [t, t'] at which to measure the correlation. */
  readonly pairs?: readonly (readonly [number, number])[];
  /** A data set and a signal for each sample (default), or one for all, which then differ in start and noise only. */
  readonly data?: "fresh" | "fixed";
  /**
   * Samples join and leave the batch independently (default), or in pairs: it then always has round(ℓM) members. With
   * replacement ("sgd" only) every step has round(ℓM) draws of one sample: it then counts as often as it was drawn, by
   * Poisson's law of mean ℓ for large M, and the noise is that of independent batches of ℓ/(1 + ℓ) instead of ℓ.
   */
  readonly batchSampling?: BatchSampling;
  /**
   * A sample has recovered the signal when its training loss is below this; default 1e-7, 0 for never. It decides what
   * counts as recovered and not how the sample goes on.
   */
  readonly recoveryLoss?: number;
  /** Default (h² − h0²)²/4. A function of the user's own: the samples are then simulated in this thread. */
  readonly cost?: Cost;
  /**
   * Reduces the variance by regression of all means on the samples' values at t = 0, whose means are known for N → ∞, and
   * on the square of what their overlap there is off by, which takes away part of the bias of order 1/N;
   * needs fresh data and the default cost.
   */
  readonly regress?: boolean;
  /** Quantities whose medians are wanted too; default overlap and trainingLoss. */
  readonly medians?: readonly string[];
  /** Keep the curves of the single samples. */
  readonly keepCurves?: boolean;
}

/** The steps of a simulation, as plain data. */
export interface RetrievalPlan {
  readonly problem: PhaseRetrieval;
  /** N */
  readonly size: number;
  /** M */
  readonly patterns: number;
  readonly steps: number;
  readonly time: Float64Array;
  /** By the number of steps made: the shares of the report times, and of the times in `states`. */
  readonly reports: ReadonlyMap<number, readonly Share[]>;
  readonly snapshots: ReadonlyMap<number, readonly Share[]>;
  /** The different times of the pairs, and the pairs as numbers of two of them. */
  readonly states: readonly number[];
  readonly pairs: readonly (readonly [number, number])[];
  readonly fixedData: boolean;
  readonly batchSampling: BatchSampling;
  readonly recoveryLoss: number;
  /** Learning rates up to which the descent settles; see `LearningRateLimits`. */
  readonly limits: LearningRateLimits;
}

const MOST_STEPS = 1e9;

/**
 * Checks everything and lays out the steps.
 * @throws InvalidParameterError, named like `learningRate` or `simulation.size`.
 */
export function planPhaseRetrieval(
  problem: PhaseRetrieval,
  simulation: RetrievalSimulation,
  options: Options = {},
): RetrievalPlan {
  checkPhaseRetrieval(problem);
  const { size, until, pairs = [], data = "fresh", batchSampling = "bernoulli" } = simulation;
  integerAtLeast("simulation.samples", simulation.samples, 1);
  positive("simulation.until", until);
  oneOf("simulation.data", data, ["fresh", "fixed"]);
  oneOf("simulation.batchSampling", batchSampling, BATCH_SAMPLINGS);
  const patterns = countPatterns(problem, simulation);
  requireBudget(retrievalCosts(problem.learningRate, patterns, simulation), options);
  const limits = checkLearningRate(problem, patterns, simulation);
  const { learningRate } = problem;
  checkBatches(problem, patterns, batchSampling);
  const steps = Math.ceil(until / learningRate - SAME);
  if (steps > MOST_STEPS) {
    throw new InvalidParameterError("simulation.until", until, `at most ${MOST_STEPS * learningRate}`);
  }
  checkRegression(simulation);
  for (const [k, name] of simulation.medians?.entries() ?? []) {
    oneOf<string>(`simulation.medians[${k}]`, name, RETRIEVAL_QUANTITIES);
  }
  const time = reportTimes(simulation, [until]);
  const states = [...new Set(pairs.flat())];
  for (const t of states) {
    if (t >= 0 && t <= until * (1 + 1e-12)) continue;
    throw new InvalidParameterError("simulation.pairs", t, `times from 0 to until, ${until}`);
  }
  return {
    problem,
    size,
    patterns,
    steps,
    time,
    reports: sharesOf(time, learningRate, steps),
    snapshots: sharesOf(states, learningRate, steps),
    states,
    pairs: pairs.map(([t, tPrime]) => [states.indexOf(t), states.indexOf(tPrime)]),
    fixedData: data === "fixed",
    batchSampling,
    recoveryLoss: nonNegative("simulation.recoveryLoss", simulation.recoveryLoss ?? RECOVERY_LOSS),
    limits,
  };
}

/** M = round(αN). */
function countPatterns({ sampleRatio }: PhaseRetrieval, { size }: RetrievalSimulation): number {
  const patterns = Math.round(sampleRatio * integerAtLeast("simulation.size", size, 2));
  if (patterns >= 1) return patterns;
  const allowed = `at least ${0.5 / size}: one sample at size ${size}`;
  throw new InvalidParameterError("sampleRatio", sampleRatio, allowed);
}

function checkBatches(problem: PhaseRetrieval, patterns: number, sampling: BatchSampling): void {
  const { algorithm, batchFraction } = problem;
  if (sampling === "with-replacement" && algorithm !== "sgd") {
    throw new InvalidParameterError(
      "simulation.batchSampling",
      sampling,
      `"bernoulli" or "fixed-size" for ${algorithm}: only the batches of sgd are drawn anew in every step`,
    );
  }
  if (sampling === "bernoulli" || Math.round(batchFraction * patterns) >= 1) return;
  throw new InvalidParameterError("batchFraction", batchFraction, `at least one of ${patterns} samples`);
}

/**
 * With ridge refuses a learning rate from the single-sample limit on, where weights may grow without bound; on the sphere
 * they cannot.
 */
function checkLearningRate(
  problem: PhaseRetrieval,
  patterns: number,
  { cost, batchSampling = "bernoulli" }: RetrievalSimulation,
): LearningRateLimits {
  const { learningRate, batchFraction, constraint } = problem;
  const spread = spreadOf(problem, batchSampling);
  const { single, settling } = learningRateLimits(problem, patterns, cost);
  const limits = { single: single / spread, settling: settling / spread };
  if (learningRate < single || constraint === "sphere") return limits;
  throw new InvalidParameterError(
    "learningRate",
    learningRate,
    `below ${roundedDown(single)} for ${patterns} samples and batchFraction ${batchFraction}: from there on the learning rate times the curvature at the signal is 2 or more for the largest label alone, which then never settles`,
  );
}

/**
 * By what the numbers of draws s, of mean ℓ, lower the limits: a sample of curvature κ shrinks in the mean square while
 * E (1 − ηκs)² < 1, which with E s² = ℓ + ℓ² is ηκ < 2/(1 + ℓ).
 */
export const spreadOf = ({ batchFraction }: PhaseRetrieval, sampling: BatchSampling): number =>
  sampling === "with-replacement" ? 1 + batchFraction : 1;

/** A limit in four digits that is one itself: at most the number. */
export function roundedDown(limit: number): number {
  const unit = 10 ** (Math.floor(Math.log10(limit)) - 3);
  return Number((Math.floor(limit / unit) * unit).toPrecision(4));
}

function checkRegression({ regress, data, cost, samples }: RetrievalSimulation): void {
  if (!regress) return;
  const refuse = (allowed: string) => new InvalidParameterError("simulation.regress", regress, allowed);
  if (data === "fixed") throw refuse("false for fixed data, whose values at t = 0 have other means");
  if (cost) throw refuse("false for a cost of one's own: the means at t = 0 are not known");
  if (samples < LEAST_REGRESSED) throw refuse(`false for less than ${LEAST_REGRESSED} samples`);
}

const LEAST_REGRESSED = 12;
