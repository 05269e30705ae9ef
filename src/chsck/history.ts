import type { Grid } from "./grid";

/** Offset of row i in a packed lower triangle: entry (i, j) with j ≤ i stands at rowStart(i) + j. */
export const rowStart = (i: number): number => (i * (i + 1)) / 2;

/** Everything known on a grid: two-time functions as packed triangles, one-time functions by node. */
export interface History {
  readonly grid: Grid;
  readonly correlation: Float64Array;
  readonly response: Float64Array;
  /** z − T_eff: the multiplier without its noise part, smooth where T_eff is not. */
  readonly drive: Float64Array;
  /** Overlap with the signal; zero throughout when there is none. */
  readonly overlap: Float64Array;
  /** Loss of each channel, in the order of the covariance's terms. */
  readonly losses: readonly Float64Array[];
}

export function createHistory(grid: Grid, channels: number): History {
  const packed = rowStart(grid.size);
  return {
    grid,
    correlation: new Float64Array(packed),
    response: new Float64Array(packed),
    drive: new Float64Array(grid.size),
    overlap: new Float64Array(grid.size),
    losses: Array.from({ length: channels }, () => new Float64Array(grid.size)),
  };
}
