import type { Estimate, Solution } from "../../core/results";
import { findRoot } from "../../numerics/roots";
import type { QuantityInfo } from "../system";

export const crossingTime: QuantityInfo = {
  name: "crossingTime",
  symbol: "t_×",
  of: "run",
  meaning: "when |m| reaches half its last value; never: the overlap has not grown",
};

/** Distance, as a part of t, over which the slope of the overlap is taken. */
const NEAR = 1e-3;

/**
 * The time at which |m| reaches half of what it is at the end of a solution, with the error that those of the overlap make of
 * it; Infinity where |m| has not grown, 0 where it was there from the start.
 */
export function crossingOf(solution: Solution): Estimate {
  const { time, series } = solution;
  const overlap = series.overlap.map(Math.abs);
  const last = overlap[overlap.length - 1];
  if (!(last > overlap[0])) return { value: Infinity };
  const half = last / 2;
  const first = overlap.findIndex((m) => m >= half);
  if (first === 0) return { value: 0, error: 0 };
  const at = (t: number) => Math.abs(solution.sample([t]).series.overlap[0]);
  const value = findRoot((t) => at(t) - half, time[first - 1], time[first], { tolerance: 1e-12 });
  const errors = solution.sample([value, time[time.length - 1]]).error?.overlap;
  if (!errors) return { value };
  const slope = (at(value) - at(value * (1 - NEAR))) / (value * NEAR);
  return { value, error: (errors[0] + errors[1] / 2) / Math.abs(slope) };
}

/** The overlap still grows where it was less than this share of its last value a tenth of the time before. */
const SETTLED = { at: 0.9, share: 0.99 };

/** What a user should know of the crossing time of a run: its last value may be none yet. */
export function crossingNotes({ time, sample }: Solution): readonly string[] {
  const until = time[time.length - 1];
  const [before, last] = sample([SETTLED.at * until, until]).series.overlap.map(Math.abs);
  return before < SETTLED.share * last
    ? [
        "crossingTime: the overlap still grows at the end of the run, and half its last value changes with that end",
      ]
    : [];
}
