import type { TwoTimeProblem } from "../problem";
import type { LeveledSolution } from "../solution";

/** Where the accuracy of a run is looked at: so many clocks, equally spaced in ln s from this one on, and pairs with them. */
const FIRST = 0.1;
const LOOKS = 24;
const RATIOS = [0.1, 0.5, 0.8, 0.95];

/** The largest estimated error in a run, and the last of the times that are looked at before it is above the tolerance; 0 where it is from the first. */
export interface Accuracy {
  readonly error: number;
  readonly goodUpTo: number;
}

/** How right loss, multiplier, overlap, C and R of a run are, by their estimated errors. */
export function accuracyOf(
  { schedule }: TwoTimeProblem,
  solution: LeveledSolution,
  tolerance: number,
): Accuracy {
  const until = solution.time[solution.time.length - 1];
  const end = schedule.clock(until);
  const clocks = Array.from({ length: LOOKS }, (_, k) => end * (FIRST / (FIRST + end)) ** (k / (LOOKS - 1)));
  const times = clocks.map((s) => (s === end ? until : schedule.time(s)));
  const { error = {} } = solution.sample(times);
  const errors = times.map((t, k) => {
    const pairs = RATIOS.map((ratio) => schedule.time(ratio * clocks[k])).flatMap((tPrime) =>
      ["correlation", "response"].map((quantity) => solution.estimate(quantity, t, tPrime).error ?? Infinity),
    );
    return Math.max(error.loss[k], error.multiplier[k], error.overlap?.[k] ?? 0, ...pairs);
  });
  const missed = errors.findLastIndex((found) => !(found <= tolerance));
  return { error: Math.max(...errors), goodUpTo: times[missed + 1] ?? 0 };
}
