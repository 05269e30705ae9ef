import { ConvergenceError } from "../../core/errors";
import type { TwoTimeProblem } from "../problem";
import type { LeveledSolution } from "../solution";
import type { Coordinate } from "./coordinate";
import type { Reading } from "./solution";

/** Where the accuracy of a run is looked at, as shares of the grid variable, and what of it is paired with them. */
const SHARES = [0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const PAIRED = [0.01, 0.1, 0.3, 0.6, 0.8, 1];
const RATIOS = [0, 0.4, 0.7, 0.9];
/** The same as shares of the time, where that is another variable. */
const RATIOS_OF_TIME = [0.5, 0.9];

const timesOf = ({ known, length, time }: Coordinate, shares: readonly number[]): number[] =>
  shares.map((share) => time(share * length)).filter((t) => t >= known);

/** The largest estimated error of loss, C and R in a run. */
export function largestError(reading: Reading, coordinate: Coordinate): number {
  const times = timesOf(coordinate, SHARES);
  const { error } = reading.sample(times);
  let largest = Math.max(...(error?.loss ?? [Infinity]));
  for (const t of timesOf(coordinate, PAIRED)) {
    const earlier = [
      ...RATIOS.map((ratio) => coordinate.time(ratio * coordinate.position(t))),
      ...RATIOS_OF_TIME.map((ratio) => ratio * t),
    ];
    for (const tPrime of earlier.filter((u) => u >= coordinate.known)) {
      for (const quantity of reading.twoTime) {
        largest = Math.max(largest, reading.estimate(quantity, t, tPrime).error ?? Infinity);
      }
    }
  }
  return largest;
}

/** @throws ConvergenceError where an extrapolated solution is unphysical by more than its error. */
export function failIfUnphysical(problem: TwoTimeProblem, solution: LeveledSolution, advice: string): void {
  const broken = unphysicalLimit(problem, solution);
  if (!broken) return;
  const message = `${broken.what} at t = ${broken.time.toPrecision(6)}, by more than the estimated error.`;
  throw new ConvergenceError(message, { reached: broken.time, advice, partial: solution });
}

/** What an extrapolated solution breaks by more than its error, and when first. */
function unphysicalLimit(
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
