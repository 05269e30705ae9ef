import type { TwoTimeProblem } from "../problem";
import type { LeveledSolution } from "../solution";

/** Where the accuracy of a run is looked at: so many clocks, equally spaced in ln s from this one on, and pairs with them. */
const FIRST = 0.1;
const LOOKS = 24;
const RATIOS = [0.1, 0.5, 0.8, 0.95];

/** The largest estimated error of loss, multiplier, overlap, C and R in a run. */
export function largestError({ schedule }: TwoTimeProblem, solution: LeveledSolution): number {
  const until = solution.time[solution.time.length - 1];
  const end = schedule.clock(until);
  const clocks = Array.from({ length: LOOKS }, (_, k) => end * (FIRST / (FIRST + end)) ** (k / (LOOKS - 1)));
  const times = clocks.map((s) => (s === end ? until : schedule.time(s)));
  const { error = {} } = solution.sample(times);
  let largest = Math.max(...error.loss, ...error.multiplier, ...(error.overlap ?? []));
  for (const [k, t] of times.entries()) {
    for (const ratio of RATIOS) {
      const tPrime = schedule.time(ratio * clocks[k]);
      for (const quantity of ["correlation", "response"]) {
        largest = Math.max(largest, solution.estimate(quantity, t, tPrime).error ?? Infinity);
      }
    }
  }
  return largest;
}
