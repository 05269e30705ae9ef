import type { Estimate, Trajectory, TwoTimeSolution } from "../core/results";

/** One level of the grid, as values of its series at any times. */
export type LevelSample = (times: ArrayLike<number>) => Trajectory;

/** C or R on one level of the grid, at any pair of times. */
export type LevelPair = (quantity: "correlation" | "response", t: number, tPrime: number) => number;

/** A solution on several grids whose derived quantities can be compared, or extrapolated, like its own. */
export interface LeveledSolution extends TwoTimeSolution {
  /**
   * A quantity made of the series: evaluated on every level of the grid, so that its error comes of the same
   * differences. `of` returns its values at `times` from one level.
   */
  derived(
    times: ArrayLike<number>,
    of: (level: LevelSample, times: Float64Array) => ArrayLike<number>,
  ): { readonly value: Float64Array; readonly error?: Float64Array };
  /**
   * A quantity made of C and R at a pair of times, in the same way, where the grid has it: `of` is given one level, and a pair. Errors
   * of C and R that cancel in the quantity cancel in its error.
   */
  readonly derivedPair?: (
    t: number,
    tPrime: number,
    of: (level: LevelPair, t: number, tPrime: number) => number,
  ) => Estimate;
}
