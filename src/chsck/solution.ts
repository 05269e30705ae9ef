import type { Trajectory, TwoTimeSolution } from "../core/results";

/** One level of the grid, as values of its series at any times. */
export type LevelSample = (times: ArrayLike<number>) => Trajectory;

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
}
