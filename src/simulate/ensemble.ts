import { requireBudget } from "../core/budget";
import { checkOptions } from "../core/check-options";
import { ConvergenceError, InterruptedError } from "../core/errors";
import type { Options } from "../core/options";
import { serialPool } from "../core/pool";
import type { Ensemble, Summary } from "../core/results";
import { fractionError, mean, median, medianError, standardError } from "../numerics/statistics";
import { curveCost } from "./curve-cost";
import { simulateKept } from "./kept-samples";
import type { SampleBatch, SampleCurves, SampleRequest, SampleTask } from "./samples";

export { type SampleCurves, type SampleTask, type Simulator, sampleTask } from "./samples";

/** What all samples of an ensemble have in common. */
export interface EnsembleFrame {
  readonly time: Float64Array;
  /** Number of degrees of freedom. */
  readonly size: number;
  readonly pairs?: readonly (readonly [number, number])[];
  readonly keepCurves?: boolean;
  /** Series whose medians are wanted too. */
  readonly medians?: readonly string[];
  /** Series that are 0 or 1 in a sample: their means are fractions, with the error of a fraction. */
  readonly fractions?: readonly string[];
  /** Variance reduction: what is averaged instead of the series and pairs of the samples; not for medians, fractions. */
  readonly adjust?: (samples: readonly SampleCurves[]) => readonly SampleCurves[];
  /** Time up to which events are looked for. */
  readonly until?: number;
  /** Numbers that belong to all samples together, e.g. the time scale of their mean. */
  readonly summary?: (samples: readonly SampleCurves[]) => Summary;
  /** Remarks on samples. */
  readonly notes?: (samples: readonly SampleCurves[]) => readonly string[];
}

/** This many batches for each worker, so that all end at about the same time. */
const BATCHES = 8;
/** In all, where what is finished is wanted now and then. */
const WATCHED_BATCHES = 200;

/**
 * Simulates the samples and averages them in their order: the result does not depend on the pool.
 * With a checkpoint store the finished samples are kept, see `simulateKept`.
 * @throws InterruptedError after an abort; its `partial` is the Ensemble of the finished samples, undefined where
 *   there is none. So does a ConvergenceError. InvalidParameterError for a checkpoint of something else.
 */
export async function runEnsemble<S>(
  frame: EnsembleFrame,
  task: SampleTask<S>,
  request: SampleRequest<S>,
  options: Options = {},
): Promise<Ensemble> {
  checkOptions(options);
  // What the curves of any system take, whether or not its own door has counted them.
  const points = frame.time.length + (frame.pairs?.length ?? 0);
  requireBudget([curveCost(request.samples, points, 1)]);
  const { onPartial, signal, onProgress } = options;
  if (options.checkpoint) {
    const watch = onPartial && {
      onFinished: (found: readonly SampleCurves[]) => onPartial(() => createEnsemble(frame, found)),
    };
    return createEnsemble(frame, await simulateKept(task, request, { partial: finished, ...watch }, options));
  }
  // One simulator at a time: in batches all the same, each of which is something finished.
  const pool = request.mostAtOnce === 1 ? serialPool : (options.pool ?? serialPool);
  const batches = inBatches(request, pool.workers, onPartial !== undefined);
  const done: SampleCurves[][] = Array(batches.length);
  const onPiece = (batch: number, curves: SampleCurves[]) => {
    done[batch] = curves;
    // Without holes, in the order of the samples.
    onPartial?.(() => createEnsemble(frame, done.flat()));
  };
  try {
    const found = await pool.map(task, batches, { signal, onProgress, ...(onPartial && { onPiece }) });
    return createEnsemble(frame, found.flat());
  } catch (error) {
    if (error instanceof InterruptedError) throw error.withPartial(finished(curvesOf(error.partial)));
    if (error instanceof ConvergenceError) throw error.withPartial(finished(curvesOf(error.details.partial)));
    throw error;
  }

  function curvesOf(batches: unknown): SampleCurves[] {
    return (batches as readonly (SampleCurves[] | undefined)[]).flatMap((batch) => batch ?? []);
  }

  function finished(curves: readonly SampleCurves[]): Ensemble | undefined {
    return curves.length > 0 ? createEnsemble(frame, curves) : undefined;
  }
}

/** @param isWatched whether the finished samples are wanted now and then */
function inBatches<S>(request: SampleRequest<S>, workers: number, isWatched: boolean): SampleBatch<S>[] {
  const { setup, samples, mostAtOnce = Infinity, together = 1 } = request;
  const usual = workers > 1 ? Math.min(BATCHES * workers, mostAtOnce) : 1;
  const count = isWatched && workers <= mostAtOnce ? Math.max(usual, WATCHED_BATCHES) : usual;
  const size = Math.ceil(samples / together / count) * together;
  const batches: SampleBatch<S>[] = [];
  for (let from = 0; from < samples; from += size) {
    batches.push({ setup, from, to: Math.min(samples, from + size) });
  }
  return batches;
}

/** The mean of several runs that share a disorder: they count as one sample. @param runs at least one. */
export function meanOfRuns(runs: readonly SampleCurves[]): SampleCurves {
  const series = average(runs.map((run) => run.series)).means;
  const twoTime = average(runs.map((run) => run.twoTime ?? {})).means;
  return { series, twoTime };
}

/**
 * Means over samples and their standard errors √(Σ(curve − mean)²/(n(n − 1))), n the number of samples; infinite
 * for one sample, which says nothing about the error, and 0 where all samples agree. Fractions have the error of
 * {@link fractionError}, medians that of {@link medianError}.
 * @param samples at least one, all with the same quantities.
 */
export function createEnsemble(frame: EnsembleFrame, samples: readonly SampleCurves[]): Ensemble {
  const { time, size, pairs, keepCurves, notes, until, fractions = [], medians = [] } = frame;
  const averaged = frame.adjust?.(samples) ?? samples;
  const series = average(averaged.map((sample) => sample.series));
  const twoTime = pairs && average(averaged.map((sample) => sample.twoTime ?? {}));
  const raw = (name: string) => samples.map((sample) => sample.series[name]);
  for (const name of fractions) {
    series.curves[name] = raw(name);
    series.means[name] = pointwise(raw(name), mean);
    series.errors[name] = series.means[name].map((share) => fractionError(share, samples.length));
  }
  const eventNames = Object.keys(samples[0].events ?? {});
  return {
    time,
    size,
    samples: samples.length,
    series: series.means,
    standardError: series.errors,
    ...(keepCurves && { curves: series.curves }),
    ...(fractions.length > 0 && { fractions }),
    ...(medians.length > 0 && {
      median: {
        series: record(medians, (name) => pointwise(raw(name), median)),
        standardError: record(medians, (name) => pointwise(raw(name), medianError)),
      },
    }),
    ...(twoTime && {
      twoTime: {
        pairs,
        series: twoTime.means,
        standardError: twoTime.errors,
        ...(keepCurves && { curves: twoTime.curves }),
      },
    }),
    ...(eventNames.length > 0 && {
      events: record(eventNames, (name) => Float64Array.from(samples, (sample) => sample.events![name])),
    }),
    ...(until !== undefined && { until }),
    ...(frame.summary && { summary: frame.summary(samples) }),
    ...(notes && { notes: notes(samples) }),
  };
}

function average(samples: readonly Readonly<Record<string, Float64Array>>[]) {
  const names = Object.keys(samples[0]);
  const curves = record(names, (name) => samples.map((sample) => sample[name]));
  return {
    curves,
    means: record(names, (name) => pointwise(curves[name], (values) => momentsOf(values).mean)),
    errors: record(names, (name) => pointwise(curves[name], (values) => momentsOf(values).error)),
  };
}

function record<T>(names: readonly string[], of: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}

/** A number from the values of all curves at each point. */
function pointwise(
  curves: readonly Float64Array[],
  statistic: (values: readonly number[]) => number,
): Float64Array {
  return curves[0].map((_, k) => statistic(curves.map((curve) => curve[k])));
}

/** Equal values are told apart first: an infinite multiplier at t = 0 has a mean, and no spread. */
function momentsOf(values: readonly number[]): { mean: number; error: number } {
  if (values.every((value) => value === values[0])) {
    return { mean: values[0], error: values.length > 1 ? 0 : Infinity };
  }
  return { mean: mean(values), error: standardError(values) };
}
