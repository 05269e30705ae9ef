import { createWorkspace, float64Bytes, type Workspace } from "../../kernels";
import type { Grid } from "./grid";

/** Offset of row i in a packed lower triangle: entry (i, j) with j ≤ i stands at rowStart(i) + j, in 32 bits. */
export const rowStart = (i: number): number => ((i * (i + 1)) / 2) | 0;

/** Everything known on a grid: two-time functions as packed triangles, one-time functions by node. */
export interface History {
  readonly grid: Grid;
  /** Where C, R and the overlap stand; it has the room that was asked for besides. */
  readonly workspace: Workspace;
  readonly correlation: Float64Array;
  readonly response: Float64Array;
  /** z − T_eff: the multiplier without its noise part, smooth where T_eff is not. */
  readonly reducedMultiplier: Float64Array;
  /** Overlap with the signal; zero throughout when there is none. */
  readonly overlap: Float64Array;
  /** Loss of each channel, in the order of the covariance's terms. */
  readonly losses: readonly Float64Array[];
}

/**
 * @param channels number of losses.
 * @param room lengths of the vectors that the history's solver takes from its workspace.
 * @throws MemoryError where the packed triangles do not fit.
 */
export function createHistory(grid: Grid, channels: number, room: readonly number[]): History {
  const packed = rowStart(grid.size);
  const workspace = createWorkspace(float64Bytes(packed, packed, grid.size, ...room));
  return {
    grid,
    workspace,
    correlation: workspace.float64(packed),
    response: workspace.float64(packed),
    reducedMultiplier: new Float64Array(grid.size),
    overlap: workspace.float64(grid.size),
    losses: Array.from({ length: channels }, () => new Float64Array(grid.size)),
  };
}
