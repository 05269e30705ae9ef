import type { Trajectory } from "../../core/results";
import type { Observed, Readout } from "./quantities";
import type { SpikeWeight } from "./spike-average";

/** One value of Z², solved twice: `fine` counts, its distance from `rough` is its error. */
export interface Branch extends SpikeWeight {
  fine(t: number): Observed;
  rough(t: number): Observed;
}

/** The distance of the two solutions is mostly the error of the rough one, but not where both converge slowly. */
const SAFETY = 3;

/**
 * Means over the branches at any times, with errors: three times the distance of the two solutions, rounding (relative to 1 plus the value),
 * and the distance from the mean over every second branch.
 */
export function createSampler(
  readout: Readout,
  branches: readonly Branch[],
  rounding: (t: number) => number,
): (times: ArrayLike<number>) => Trajectory {
  const size = readout.names.length;
  const [row, roughRow, sum, everySecond, error] = Array.from({ length: 5 }, () => new Float64Array(size));

  function averageAt(t: number): void {
    for (const values of [sum, everySecond, error]) values.fill(0);
    for (const { weight, coarse, fine, rough } of branches) {
      readout.read(fine(t), row);
      readout.read(rough(t), roughRow);
      for (let i = 0; i < size; i++) {
        sum[i] += weight * row[i];
        everySecond[i] += coarse * row[i];
        error[i] += SAFETY * weight * distance(row[i], roughRow[i]);
      }
    }
    const unit = rounding(t);
    for (let i = 0; i < size; i++)
      error[i] += distance(sum[i], everySecond[i]) + unit * (1 + Math.abs(sum[i]));
  }

  return (times) => {
    const time = Float64Array.from(times);
    const values = readout.names.map(() => new Float64Array(time.length));
    const errors = readout.names.map(() => new Float64Array(time.length));
    for (const [k, t] of time.entries()) {
      averageAt(t);
      for (let i = 0; i < size; i++) {
        values[i][k] = sum[i];
        errors[i][k] = error[i];
      }
    }
    const record = (curves: readonly Float64Array[]) =>
      Object.fromEntries(readout.names.map((name, i) => [name, curves[i]]));
    return { time, series: record(values), error: record(errors) };
  };
}

/** 0 between two infinities. */
const distance = (a: number, b: number): number => (a === b ? 0 : Math.abs(a - b));
