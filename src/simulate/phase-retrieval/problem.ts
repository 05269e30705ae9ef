import { requireBudget } from "../../core/budget";
import { integerAtLeast, nonNegative, oneOf, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Cost } from "../../models/cost";
import {
  checkPhaseRetrieval,
  type PhaseRetrieval,
  RECOVERY_LOSS,
  RETRIEVAL_QUANTITIES,
} from "../../models/phase-retrieval/problem";
import { learningRateLimits } from "../../models/phase-retrieval/stability";
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
  /** Samples join and leave the batch independently (default), or in pairs: it then always has round(ℓM) members. */
  readonly batchSampling?: "bernoulli" | "fixed-size";
  /**
   * A sample has recovered the signal when its training loss is below this; default 1e-7, 0 for never. It decides what
   * counts as recovered and not how the sample goes on.
   */
  readonly recoveryLoss?: number;
  /** Default (h² − h0²)²/4. A function of the user's own: the samples are then simulated in this thread. */
  readonly cost?: Cost;
  /**
   * Reduces the variance by regression of all means on the samples' values at t = 0, whose means are known for N → ∞;
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
  readonly fixedSize: boolean;
  readonly recoveryLoss: number;
  /** Largest learning rate at which the descent settles in most data sets; see `LearningRateLimits`. */
  readonly settlingRate: number;
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
  oneOf("simulation.batchSampling", batchSampling, ["bernoulli", "fixed-size"]);
  const patterns = countPatterns(problem, simulation);
  requireBudget(retrievalCosts(problem.learningRate, patterns, simulation), options);
  const settlingRate = checkLearningRate(problem, patterns, simulation);
  const { learningRate, batchFraction } = problem;
  if (batchSampling === "fixed-size" && Math.round(batchFraction * patterns) < 1) {
    throw new InvalidParameterError("batchFraction", batchFraction, `at least one of ${patterns} samples`);
  }
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
    fixedSize: batchSampling === "fixed-size",
    recoveryLoss: nonNegative("simulation.recoveryLoss", simulation.recoveryLoss ?? RECOVERY_LOSS),
    settlingRate,
  };
}

/** M = round(αN). */
function countPatterns({ sampleRatio }: PhaseRetrieval, { size }: RetrievalSimulation): number {
  const patterns = Math.round(sampleRatio * integerAtLeast("simulation.size", size, 2));
  if (patterns >= 1) return patterns;
  const allowed = `at least ${0.5 / size}: one sample at size ${size}`;
  throw new InvalidParameterError("sampleRatio", sampleRatio, allowed);
}

/** Refuses a learning rate from the single-sample limit on; returns the one up to which most data sets settle. */
function checkLearningRate(problem: PhaseRetrieval, patterns: number, { cost }: RetrievalSimulation): number {
  const { learningRate, batchFraction } = problem;
  const { single, settling } = learningRateLimits(problem, patterns, cost);
  if (learningRate < single) return settling;
  throw new InvalidParameterError(
    "learningRate",
    learningRate,
    `below ${roundedDown(single)} for ${patterns} samples and batchFraction ${batchFraction}: from there on the learning rate times the curvature at the signal is 2 or more for the largest label alone, which then never settles`,
  );
}

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
