import { finite, floats, integerAtLeast } from "../../core/check";
import type { Estimate } from "../../core/results";
import type { Stream } from "../../numerics/streams";

/** Least squares of a straight line through points that come one by one. */
export function createLineFit() {
  let [count, x1, x2, y1, xy] = [0, 0, 0, 0, 0];
  return {
    add(x: number, y: number): void {
      count++;
      x1 += x;
      x2 += x * x;
      y1 += y;
      xy += x * y;
    },
    /** NaN for fewer than two points. */
    slope: () => (xy - (x1 * y1) / count) / (x2 - (x1 * x1) / count),
  };
}

/** Time scales of the mean of ln radius over all runs. */
export interface MeanScales {
  /** Last time at which the mean is above the level; Infinity where it still is at the end. */
  readonly settleTime: number;
  /** −1/slope of the line fitted to the mean up to then. */
  readonly decayTime: number;
}

/** @param time ascending from 0, @param mean the mean of ln radius, @param level ln of the radius to settle below. */
export function scalesOfMean(time: Float64Array, mean: Float64Array, level: number): MeanScales {
  integerAtLeast("mean.length", floats("mean", mean).length, 2);
  floats("time", time);
  finite("level", level);
  let last = mean.length - 1;
  while (last >= 0 && !(mean[last] > level)) last--;
  if (last === mean.length - 1) return { settleTime: Infinity, decayTime: Infinity };
  if (last < 1) return { settleTime: 0, decayTime: Infinity };
  const fit = createLineFit();
  for (let k = 0; k <= last; k++) fit.add(time[k], mean[k]);
  // Between the nodes the mean is taken as straight.
  const share = (mean[last] - level) / (mean[last] - mean[last + 1]);
  const settleTime = time[last] + share * (time[last + 1] - time[last]);
  return { settleTime: time[1] === 1 ? time[last] : settleTime, decayTime: -1 / fit.slope() };
}

const RESAMPLES = 100;
/** Nodes of the curves that are resampled. */
const COARSE = 2000;

/**
 * Settle time and decay time of runs, with standard errors from 100 bootstrap samples of the runs (curves thinned to
 * 2,000 nodes for it).
 * @param curves ln radius of every run at `time`.
 * @param stream numbers for the bootstrap.
 */
export function settleEstimates(
  time: Float64Array,
  curves: readonly Float64Array[],
  level: number,
  stream: Stream,
): Readonly<Record<"settleTime" | "decayTime", Estimate>> {
  const even = new Float64Array(curves.length).fill(1);
  const found = scalesOfMean(time, weightedMean(curves, even, 1), level);
  if (curves.length < 2 || found.settleTime === Infinity) {
    return { settleTime: { value: found.settleTime }, decayTime: { value: found.decayTime } };
  }
  const stride = Math.max(1, Math.ceil(time.length / COARSE));
  const coarse = time.filter((_, k) => k % stride === 0);
  const settles: number[] = [];
  const decays: number[] = [];
  for (let b = 0; b < RESAMPLES; b++) {
    const weights = new Float64Array(curves.length);
    for (let s = 0; s < curves.length; s++) weights[stream.integer(curves.length)]++;
    const one = scalesOfMean(coarse, weightedMean(curves, weights, stride), level);
    settles.push(one.settleTime);
    decays.push(one.decayTime);
  }
  return {
    settleTime: { value: found.settleTime, standardError: spread(settles) },
    decayTime: { value: found.decayTime, standardError: spread(decays) },
  };
}

function weightedMean(curves: readonly Float64Array[], weights: Float64Array, stride: number): Float64Array {
  const mean = new Float64Array(Math.ceil(curves[0].length / stride));
  for (const [s, curve] of curves.entries()) {
    const share = weights[s] / curves.length;
    if (share > 0) for (let k = 0; k < mean.length; k++) mean[k] += share * curve[k * stride];
  }
  return mean;
}

/** Standard deviation; Infinity where some resample did not settle. */
function spread(values: readonly number[]): number {
  if (!values.every(Number.isFinite)) return Infinity;
  const centre = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (values.length - 1));
}
