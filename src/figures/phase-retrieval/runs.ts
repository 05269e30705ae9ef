import type { Ensemble, Solution } from "../../core/results";
import { fractionError, mean, median, standardError } from "../../numerics/statistics";
import { type ConfigSource, seedFor, timesBetween } from "../kit/config";
import { percent, withError } from "../kit/table";

/** Where most figures start: α = 3 measurements per dimension, and an overlap m0 = 0.2 with the signal. */
export const WARM = { sampleRatio: 3, initialOverlap: 0.2 } as const;

/** Runs of one algorithm from one kind of start. */
export interface PhaseSetting {
  /** In labels and tables, e.g. "ℓ = 0.5"; no two settings of a figure have the same. */
  readonly name: string;
  /** Of the system. */
  readonly parameters: ConfigSource & { readonly sampleRatio: number; readonly learningRate: number };
  readonly size: number;
  readonly samples: number;
  readonly until: number;
  /** One data set for all runs; default: another for each. */
  readonly fixedData?: boolean;
  /** How batches are drawn; default member by member. */
  readonly batchSampling?: "with-replacement";
  /** How to solve the same in the limit N → ∞; without it the limit is left out. */
  readonly limit?: LimitSizes;
}

/** Particles and independent runs of the mean-field theory. */
export interface LimitSizes {
  readonly particles: number;
  readonly runs: number;
}

/** A quantity along the runs of a setting: mean, its standard error, and median. */
export type Measured = Record<"mean" | "standardError" | "median", number[]>;

/** What the runs of a setting did, as plain data. */
export type PhaseRuns = Omit<ReturnType<typeof phaseRuns>, "limit"> & { readonly limit?: LimitRuns };

const TIMES = 60;
const QUANTITIES = ["overlap", "trainingLoss", "meanSquaredError", "norm"] as const;
/** Training loss below which a run counts as recovered, as in the simulation. */
const RECOVERED = 1e-7;
/** Single runs that are drawn, and kept with the figure. */
const SHOWN = 50;

/**
 * The config of a setting. Settings with the same words, size and sample ratio share data and starts, run by run, so
 * that they differ in what is done and not in luck.
 */
export function phaseConfig(setting: PhaseSetting, words: string): ConfigSource {
  const { parameters, size, samples, until, fixedData, batchSampling } = setting;
  const seed = seedFor(`${words}, N = ${size}`);
  return {
    system: "phase-retrieval",
    parameters,
    simulation: {
      size,
      samples,
      seed,
      until,
      ...(fixedData && { data: "fixed" }),
      ...(batchSampling && { batchSampling }),
    },
    report: {
      times: timesBetween(parameters.learningRate, until, TIMES),
      quantities: [...QUANTITIES, "recoveredFraction", "recoveryTime"],
    },
  };
}

/**
 * The config of a setting in the limit N → ∞, where batches are Bernoulli's: in place of ℓM draws with replacement they have
 * ℓ/(1 + ℓ), which makes the same noise. Settings with the same words share their draws.
 */
export function limitConfig(setting: PhaseSetting, words: string): ConfigSource {
  const { parameters, until, batchSampling, limit } = setting;
  const { batchFraction: l, constraint } = parameters as Batches;
  const isReplaced = batchSampling !== undefined && l !== undefined;
  const pace = limitPace(setting);
  const learningRate = pace * parameters.learningRate;
  return {
    system: "phase-retrieval",
    parameters: {
      ...parameters,
      ...(isReplaced && { batchFraction: l / (1 + l) }),
      ...(pace !== 1 && { learningRate, rescaleGradient: true }),
      ...(pace !== 1 && constraint && { constraint: { ridge: constraint.ridge / pace } }),
    },
    method: { kind: "particles", until: pace * until, ...limit, seed: seedFor(`${words}, limit`) },
    report: { times: timesBetween(learningRate, pace * until, TIMES), quantities: [...QUANTITIES] },
  };
}

interface Batches {
  readonly batchFraction?: number;
  readonly rescaleGradient?: boolean;
  readonly constraint?: { readonly ridge: number };
}

/**
 * Time of the limit's config for a unit of the setting's: a gradient that is not divided by ℓ makes the same steps as one that
 * is, at the rate ηℓ and the ridge λ/ℓ, whatever the ℓ of the batches that stand for it.
 */
function limitPace({ parameters, batchSampling }: PhaseSetting): number {
  const { batchFraction: l, rescaleGradient } = parameters as Batches;
  return batchSampling !== undefined && l !== undefined && rescaleGradient === false ? l : 1;
}

/** The same quantities in the limit, and the overlaps of its single runs. */
export type LimitRuns = ReturnType<typeof limitRuns>;

function limitRuns(solution: Solution, times: ArrayLike<number>, pace: number) {
  const { series, standardError, curves } = solution.sample(Array.from(times, (t) => pace * t));
  const pick = (quantity: (typeof QUANTITIES)[number]) => ({
    mean: Array.from(series[quantity]),
    standardError: Array.from(standardError![quantity]),
  });
  const [overlap, trainingLoss, meanSquaredError, norm] = QUANTITIES.map(pick);
  return {
    time: Array.from(times),
    overlap,
    trainingLoss,
    meanSquaredError,
    norm,
    overlaps: curves!.overlap.map((run) => Array.from(run)),
    losses: curves!.trainingLoss.map((run) => Array.from(run)),
  };
}

/** The runs of a setting, from its ensemble with the single curves. @param solution the limit, where it is asked for */
export function phaseRuns(setting: PhaseSetting, ensemble: Ensemble, solution?: Solution) {
  const { name, parameters } = setting;
  const { size, samples, curves, events } = ensemble;
  const [overlap, trainingLoss, meanSquaredError, norm] = QUANTITIES.map((quantity) => curves![quantity]);
  /** Time of recovery of each run; null for never. */
  const recoveryTimes = Array.from(events!.recoveryTime, (t) => (t === Infinity ? null : t));
  return {
    name,
    size,
    samples,
    learningRate: parameters.learningRate,
    time: Array.from(ensemble.time),
    overlap: measured(overlap),
    /** |m|, for which the signal and its mirror image are the same. */
    modulus: measured(overlap.map((run) => run.map(Math.abs))),
    trainingLoss: measured(trainingLoss),
    meanSquaredError: measured(meanSquaredError),
    norm: measured(norm),
    recoveryTimes,
    /** Runs that recover the mirror image −w0 of the signal, which has the same moduli. */
    mirrored: overlap.filter((run, k) => recoveryTimes[k] !== null && final(run) < 0).length,
    /** Overlaps of the first single runs. */
    overlaps: overlap.slice(0, SHOWN).map((run) => Array.from(run)),
    ...(solution && { limit: limitRuns(solution, ensemble.time, limitPace(setting)) }),
  };
}

/** The runs without their single curves, for figures that do not draw them. */
export function withoutSingles({ overlaps: _, ...rest }: PhaseRuns): Omit<PhaseRuns, "overlaps"> {
  return rest;
}

function measured(curves: readonly Float64Array[]): Measured {
  const along = (statistic: (values: readonly number[]) => number) =>
    Array.from(curves[0], (_, k) => statistic(curves.map((curve) => curve[k])));
  return { mean: along(mean), standardError: along(standardError), median: along(median) };
}

/** Whether a run of the limit has recovered the signal; the steepest particles of SGD may leave it again for a while. */
export const recoversInLimit = ({ losses }: LimitRuns, run: number): boolean =>
  losses[run].some((loss) => loss < RECOVERED);

/** What becomes of the setting in the limit: "m = 0.62 ± 0.01", or how many of its runs recover. */
export function limitText({ limit }: Pick<PhaseRuns, "limit">): string {
  if (!limit) return "–";
  const found = limit.losses.filter((_, run) => recoversInLimit(limit, run)).length;
  if (found > 0) return `${found} of ${limit.losses.length} runs recover`;
  return `m = ${withError(final(limit.overlap.mean), final(limit.overlap.standardError), 2)}`;
}

/** The last value of a curve. */
export const final = (values: ArrayLike<number>): number => values[values.length - 1];

/** The last mean of a quantity with its standard error. */
export const finalMean = (quantity: Pick<Measured, "mean" | "standardError">) => ({
  mean: final(quantity.mean),
  standardError: final(quantity.standardError),
});

/** Whether a run recovers the signal. */
export const recovers = ({ recoveryTimes }: Recoveries, run: number): boolean => recoveryTimes[run] !== null;

type Recoveries = Pick<PhaseRuns, "recoveryTimes" | "samples">;

/** Share of the runs that have recovered the signal in the time given, and its standard error. */
export function recoveredShare({ recoveryTimes, samples }: Recoveries): { share: number; error: number } {
  const share = recoveryTimes.filter((t) => t !== null).length / samples;
  return { share, error: fractionError(share, samples) };
}

/** The same in per cent, e.g. "42 ± 8 %". */
export function recoveredText(runs: Recoveries): string {
  const { share, error } = recoveredShare(runs);
  return percent(share, error);
}

/** Median time of recovery; null where no more than half of the runs recover. */
export function medianRecovery({ recoveryTimes }: Recoveries): number | null {
  const value = median(recoveryTimes.map((t) => t ?? Infinity));
  return value === Infinity ? null : value;
}

/** Numbers of data sets on which only the one recovers, and only the other, for settings that share them. */
export function recoveredAlone(one: Recoveries, other: Recoveries): readonly [number, number] {
  const count = (those: Recoveries, others: Recoveries) =>
    those.recoveryTimes.filter((t, run) => t !== null && others.recoveryTimes[run] === null).length;
  return [count(one, other), count(other, one)];
}

/** How far the share of the one is above that of the other, for settings that share data sets, and its standard error. */
export function sharedDifference(one: Recoveries, other: Recoveries): { difference: number; error: number } {
  const { samples } = one;
  const [more, fewer] = recoveredAlone(one, other);
  const difference = (more - fewer) / samples;
  // Without a single data set on which they differ, the error is that of one.
  const square = Math.max(1, more + fewer) / samples - difference ** 2;
  return { difference, error: Math.sqrt(square / samples) };
}
