import type { LevelSample } from "../../chsck";

/** Distance in ln t of the points that give the local exponent, where there is room. */
const LOG_STEP = 1e-3;

const CENTRED = { offsets: [-2, -1, 0, 1, 2], weights: [1, -8, 0, 8, -1] };
const BEFORE = { offsets: [-4, -3, -2, -1, 0], weights: [3, -16, 36, -48, 25] };
const AFTER = { offsets: [0, 1, 2, 3, 4], weights: [-25, 48, -36, 16, -3] };

/** Ends, ascending, of the times between which the loss is smooth: those of the run, and kinks and jumps of the schedule. */
export function smoothEnds(solved: Float64Array, kinks: readonly number[]): readonly number[] {
  const [first, last] = [solved[0] === 0 ? 0 : (solved.find((t) => t > 0) ?? 0), solved[solved.length - 1]];
  return [first, ...kinks.filter((kink) => kink > first && kink < last), last];
}

/**
 * −d ln excess / d ln t at times of a run, by five-point differences that stay between two ends, one-sided near them. At a jump
 * of the schedule, where the slope of the loss jumps too, it is that of the new rate, as the multiplier is.
 */
export function lossExponents(
  level: LevelSample,
  times: Float64Array,
  threshold: number,
  ends: readonly number[],
): Float64Array {
  return times.map((t) => {
    if (t === 0) return 0;
    const next = ends.findIndex((end, k) => k > 0 && (end > t || k === ends.length - 1));
    const [down, up] = [Math.log(t / ends[next - 1]), Math.log(ends[next] / t)];
    const isCentred = Math.min(down, up) >= 2 * LOG_STEP;
    const { offsets, weights } = isCentred ? CENTRED : up >= down ? AFTER : BEFORE;
    const h = isCentred ? LOG_STEP : Math.min(LOG_STEP, Math.max(down, up) / 4);
    const { loss } = level(offsets.map((k) => t * Math.exp(k * h))).series;
    const slope = loss.reduce((sum, value, k) => sum + weights[k] * value, 0) / (12 * h);
    const excess = loss[offsets.indexOf(0)] - threshold;
    // A slope of 0 must not become −0.
    return slope === 0 ? 0 : -slope / excess;
  });
}
