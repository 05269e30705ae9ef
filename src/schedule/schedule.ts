import { nonNegative } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import { familyOf } from "./families";
import type { ScheduleSpec } from "./spec";

/**
 * A learning rate η(t), its clock s(t) = ∫₀ᵗ η, and its noise clock ∫₀ᵗ η². Times are the system's
 * own t (or steps). All functions throw InvalidParameterError for a time or clock that is negative or not finite.
 */
export interface Schedule {
  /**
   * η(t). Infinity at t = 0 where the schedule is singular; 0 after a horizon; a table keeps its last rate. At a
   * jump the rate after it.
   */
  rate(t: number): number;
  /** The limit of η from the left: at a jump the rate before it, elsewhere η(t). At t = 0 as `rate`. */
  rateBefore(t: number): number;
  /** s(t) = ∫₀ᵗ η; stays at `totalClock` after a horizon. */
  clock(t: number): number;
  /** ∫_a^b η for a ≤ b, to full relative accuracy however close a and b are. */
  clockBetween(a: number, b: number): number;
  /**
   * The inverse of the clock: the earliest t with s(t) = clock. Throws InvalidParameterError named "clock" for
   * values that the clock never reaches, or reaches only at times too large for a number.
   */
  time(clock: number): number;
  /** ∫₀ᵗ η², the clock of the noise; Infinity for t > 0 where it diverges at the start (startExponent ≥ 1/2). */
  heat(t: number): number;
  /** ∫_a^b η² for a ≤ b, to full relative accuracy; finite for a > 0. */
  heatBetween(a: number, b: number): number;
  /** Times t > 0, ascending, where η or one of its low derivatives jumps. */
  readonly kinks: readonly number[];
  /** Those of the kinks that a method of high order must not step across: not the nodes at which a table samples a smooth curve. */
  readonly corners: readonly number[];
  /** Limit of s(t) for t → ∞; Infinity where it is unbounded. */
  readonly totalClock: number;
  /** Last t that the spec describes: the horizon, the last tabulated time, or Infinity. */
  readonly end: number;
  /** β of the singularity η ~ t^-β at t → 0; 0 where the start is regular. */
  readonly startExponent: number;
  /** Short text with the numbers, e.g. "0.5 (1 + t)^-0.4". */
  readonly label: string;
}

/**
 * The schedule of a config; a bare number is a constant rate. Clock, heat and inverse are closed forms, except
 * the inverse for "cosine", which is Newton to rounding.
 * @param name how errors call the parameter, e.g. "schedule" for `schedule.exponent`.
 * @throws InvalidParameterError for an unknown kind or a number out of range.
 */
export function createSchedule(spec: ScheduleSpec | number, name = "schedule"): Schedule {
  const { pieces, end, startExponent, label, corners } = familyOf(spec, name);
  const ends = pieces.map((piece) => piece.to);
  const kinks = ends.slice(0, -1);
  const clockStarts = runningSum(pieces.slice(0, -1).map((piece) => piece.total));
  const heatStarts = runningSum(pieces.slice(0, -1).map((piece) => piece.heat(piece.from, piece.to)));
  const clockEnds = pieces.map((piece, k) => clockStarts[k] + piece.total);
  const totalClock = clockEnds[pieces.length - 1];

  const pieceBefore = (t: number) => firstAtLeast(ends, nonNegative("t", t));
  /** The piece that begins at an end of pieces. */
  const pieceAt = (t: number) => {
    const k = pieceBefore(t);
    return t === ends[k] && k < pieces.length - 1 ? k + 1 : k;
  };

  /** Adds up what is positive instead of subtracting running sums, so that nothing cancels. */
  const between = (integral: "clock" | "heat", a: number, b: number) => {
    const first = pieceAt(a);
    const last = Math.max(first, pieceBefore(b));
    if (b < a) throw new InvalidParameterError("b", b, `at least a, ${a}`);
    let sum = 0;
    for (let k = first; k <= last; k++) {
      sum += pieces[k][integral](Math.max(a, pieces[k].from), Math.min(b, pieces[k].to));
    }
    return sum;
  };

  return {
    rate: (t) => pieces[pieceAt(t)].rate(t),
    rateBefore: (t) => pieces[pieceBefore(t)].rate(t),
    clock(t) {
      const k = pieceBefore(t);
      // Rounding must neither carry the clock past what the piece, and time(), can reach, nor leave a step at its end.
      if (t === ends[k]) return clockEnds[k];
      return Math.min(clockStarts[k] + pieces[k].clock(pieces[k].from, t), clockEnds[k]);
    },
    clockBetween: (a, b) => between("clock", a, b),
    time(clock) {
      nonNegative("clock", clock);
      if (clock === 0) return 0;
      if (clock > totalClock) throw unreachable(clock, totalClock, end);
      const k = firstAtLeast(clockEnds, clock);
      const t = Math.min(pieces[k].time(clock - clockStarts[k]), pieces[k].to);
      const onlyInTheLimit = clock === totalClock && pieces[k].to === Infinity;
      if (t === Infinity || onlyInTheLimit) throw unreachable(clock, totalClock, end);
      return t;
    },
    heat(t) {
      const k = pieceBefore(t);
      return heatStarts[k] + pieces[k].heat(pieces[k].from, t);
    },
    heatBetween: (a, b) => between("heat", a, b),
    kinks,
    corners: corners ?? kinks,
    totalClock,
    end,
    startExponent,
    label,
  };
}

/** What to say about a clock value that no time has. */
function unreachable(clock: number, totalClock: number, end: number): InvalidParameterError {
  const saturation = Number.isFinite(end)
    ? `at most ${totalClock}, where the clock saturates at t = ${end}`
    : `below ${totalClock}, where the clock saturates as t goes to infinity`;
  const limit = Number.isFinite(totalClock) ? saturation : "a clock value reached at a time below 1.8e308";
  return new InvalidParameterError("clock", clock, limit);
}

/** [0, x0, x0 + x1, …]: one entry more than `terms`. */
function runningSum(terms: readonly number[]): number[] {
  const sums = [0];
  for (const term of terms) sums.push(sums[sums.length - 1] + term);
  return sums;
}

/** Index of the first of the ascending `values` that is at least `x`; the last value must be. */
function firstAtLeast(values: readonly number[], x: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] >= x) high = middle;
    else low = middle + 1;
  }
  return low;
}
