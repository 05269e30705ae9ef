import type { Options } from "../core/options";
import { createPacer } from "../core/options";
import type { Ensemble } from "../core/results";
import { mean, standardError } from "../numerics/statistics";

/** What one sample of a finite system yields: a curve per quantity. */
export interface SampleCurves {
  /** `series[name][k]` at report time k. */
  readonly series: Readonly<Record<string, Float64Array>>;
  /** `twoTime[name][k]` at pair k. */
  readonly twoTime?: Readonly<Record<string, Float64Array>>;
}

/** What all samples of an ensemble have in common. */
export interface EnsembleFrame {
  readonly time: Float64Array;
  /** Number of degrees of freedom. */
  readonly size: number;
  readonly pairs?: readonly (readonly [number, number])[];
  readonly keepCurves?: boolean;
}

/** A simulation as independent samples. */
export interface SampleRun {
  /** For progress, e.g. "simulation of the spherical landscape". */
  readonly label: string;
  readonly samples: number;
  /** Units of work in one sample, for progress. */
  readonly work: number;
  /** The curves of one sample, from nothing but its number; yields the work done so far, often. */
  simulateSample(sample: number): Generator<number, SampleCurves>;
}

/**
 * Runs the samples one after the other and averages them.
 * @throws InterruptedError after an abort; its `partial` is the Ensemble of the finished samples, undefined where
 *   there is none.
 */
export async function runEnsemble(
  frame: EnsembleFrame,
  run: SampleRun,
  options: Options = {},
): Promise<Ensemble> {
  const finished: SampleCurves[] = [];
  const total = run.samples * run.work;
  const pacer = createPacer(run.label, total, options, () =>
    finished.length > 0 ? createEnsemble(frame, finished) : undefined,
  );
  await pacer.pause(0);
  for (let sample = 0; sample < run.samples; sample++) {
    const pieces = run.simulateSample(sample);
    let piece = pieces.next();
    while (!piece.done) {
      if (pacer.due()) await pacer.pause(sample * run.work + piece.value);
      piece = pieces.next();
    }
    finished.push(piece.value);
  }
  options.onProgress?.({ label: run.label, done: total, total });
  return createEnsemble(frame, finished);
}

/** The mean of several runs that share a disorder: they count as one sample. @param runs at least one. */
export function meanOfRuns(runs: readonly SampleCurves[]): SampleCurves {
  const series = average(runs.map((run) => run.series)).means;
  const twoTime = average(runs.map((run) => run.twoTime ?? {})).means;
  return { series, twoTime };
}

/**
 * Means over samples and their standard errors √(Σ(curve − mean)²/(n(n − 1))), n the number of samples; infinite
 * for one sample, which says nothing about the error, and 0 where all samples agree.
 * @param samples at least one, all with the same quantities.
 */
export function createEnsemble(frame: EnsembleFrame, samples: readonly SampleCurves[]): Ensemble {
  const { time, size, pairs, keepCurves } = frame;
  const series = average(samples.map((sample) => sample.series));
  const twoTime = pairs && average(samples.map((sample) => sample.twoTime ?? {}));
  return {
    time,
    size,
    samples: samples.length,
    series: series.means,
    standardError: series.errors,
    ...(keepCurves && { curves: series.curves }),
    ...(twoTime && {
      twoTime: {
        pairs,
        series: twoTime.means,
        standardError: twoTime.errors,
        ...(keepCurves && { curves: twoTime.curves }),
      },
    }),
  };
}

function average(samples: readonly Readonly<Record<string, Float64Array>>[]) {
  const means: Record<string, Float64Array> = {};
  const errors: Record<string, Float64Array> = {};
  const curves: Record<string, readonly Float64Array[]> = {};
  for (const name of Object.keys(samples[0])) {
    curves[name] = samples.map((sample) => sample[name]);
    const moments = Array.from(samples[0][name], (_, k) => momentsOf(curves[name].map((curve) => curve[k])));
    means[name] = Float64Array.from(moments, (m) => m.mean);
    errors[name] = Float64Array.from(moments, (m) => m.error);
  }
  return { means, errors, curves };
}

/** Equal values are told apart first: an infinite multiplier at t = 0 has a mean, and no spread. */
function momentsOf(values: readonly number[]): { mean: number; error: number } {
  if (values.every((value) => value === values[0])) {
    return { mean: values[0], error: values.length > 1 ? 0 : Infinity };
  }
  return { mean: mean(values), error: standardError(values) };
}
