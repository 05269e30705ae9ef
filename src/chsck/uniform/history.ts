import { float64Bytes, type Workspace } from "../../kernels";
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

/** Bytes of a history in its workspace, with the vectors of these lengths that its solver takes. */
export function historyBytes({ size }: Grid, room: readonly number[]): number {
  const packed = rowStart(size);
  return float64Bytes(packed, packed, size, ...room);
}

/**
 * @param channels number of losses.
 * @param workspace with {@link historyBytes} left.
 */
export function createHistory(grid: Grid, channels: number, workspace: Workspace): History {
  const packed = rowStart(grid.size);
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
