import type { TwoTimeProblem } from "../problem";
import type { LeveledSolution } from "../solution";
import type { Coordinate } from "./coordinate";

/** Where the accuracy of a run is looked at, as shares of the grid variable, and what of it is paired with them. */
const SHARES = [0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const PAIRED = [0.01, 0.1, 0.3, 0.6, 0.8, 1];
const RATIOS = [0, 0.4, 0.7, 0.9];

const timesOf = ({ known, length, time }: Coordinate, shares: readonly number[]): number[] =>
  shares.map((share) => time(share * length)).filter((t) => t >= known);

/** The largest estimated error of loss, C and R in a run; beyond `enough` the search stops. */
export function largestError(solution: LeveledSolution, coordinate: Coordinate, enough: number): number {
  const times = timesOf(coordinate, SHARES);
  const { error } = solution.sample(times);
  let largest = Math.max(...(error?.loss ?? [Infinity]));
  for (const t of timesOf(coordinate, PAIRED)) {
    for (const ratio of RATIOS) {
      if (largest > enough) return largest;
      const tPrime = coordinate.time(ratio * coordinate.position(t));
      if (tPrime < coordinate.known) continue;
      for (const quantity of solution.twoTime) {
        largest = Math.max(largest, solution.estimate(quantity, t, tPrime).error ?? Infinity);
      }
    }
  }
  return largest;
}

/** What an extrapolated solution breaks by more than its error, and when first. */
export function unphysicalLimit(
  { lowestLoss = -Infinity }: TwoTimeProblem,
  solution: LeveledSolution,
): { readonly what: string; readonly time: number } | undefined {
  const { time, series, error } = solution;
  const low = series.loss.findIndex((loss, k) => loss + (error?.loss[k] ?? 0) < lowestLoss);
  if (low >= 0) return { what: "the loss fell below the lowest of the landscape", time: time[low] };
  for (const t of time.filter((_, k) => k % Math.ceil(time.length / 16) === 0)) {
    for (const ratio of RATIOS) {
      const estimate = solution.estimate("correlation", t, ratio * t);
      if (Math.abs(estimate.value) - (estimate.error ?? 0) > 1 + 1e-12)
        return { what: "|C| exceeded 1", time: t };
    }
  }
  return undefined;
}
