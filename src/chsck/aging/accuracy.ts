import type { TwoTimeProblem } from "../problem";
import type { LeveledSolution } from "../solution";

/** Where the accuracy of a run is looked at: so many clocks, equally spaced in ln s from this one on, and pairs with them. */
const FIRST = 0.1;
const LOOKS = 24;
const RATIOS = [0.1, 0.5, 0.8, 0.95];

/**
 * The largest estimated error of loss, multiplier, overlap, C and R in a run. Once a signal is found, nothing responds to what was
 * before, and C with it, a layer too thin for the nodes, does not count; its stated error is what it is.
 */
export function largestError(
  { schedule, initialOverlap = 0 }: TwoTimeProblem,
  solution: LeveledSolution,
): number {
  const until = solution.time[solution.time.length - 1];
  const end = schedule.clock(until);
  const clocks = Array.from({ length: LOOKS }, (_, k) => end * (FIRST / (FIRST + end)) ** (k / (LOOKS - 1)));
  const times = clocks.map((s) => (s === end ? until : schedule.time(s)));
  const { error = {} } = solution.sample(times);
  let largest = Math.max(...error.loss, ...error.multiplier, ...(error.overlap ?? []));
  for (const [k, t] of times.entries()) {
    for (const ratio of RATIOS) {
      const tPrime = schedule.time(ratio * clocks[k]);
      const response = solution.estimate("response", t, tPrime);
      const counts = initialOverlap === 0 ? 1 : Math.min(1, 3 * clocks[k] * response.value);
      const correlation = solution.estimate("correlation", t, tPrime).error ?? Infinity;
      largest = Math.max(largest, response.error ?? Infinity, counts * correlation);
    }
  }
  return largest;
}
