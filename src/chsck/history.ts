import { createWorkspace, float64Bytes, type Workspace } from "../kernels";
import type { Grid } from "./grid";

/** Offset of row i in a packed lower triangle: entry (i, j) with j ≤ i stands at rowStart(i) + j, in 32 bits. */
export const rowStart = (i: number): number => ((i * (i + 1)) / 2) | 0;

/** Everything known on a grid: two-time functions as packed triangles, one-time functions by node. */
export interface History {
  readonly grid: Grid;
  /** Where C and R stand; it has room for {@link SWEEP_VECTORS} vectors more. */
  readonly workspace: Workspace;
  readonly correlation: Float64Array;
  readonly response: Float64Array;
  /** z − T_eff: the multiplier without its noise part, smooth where T_eff is not. */
  readonly drive: Float64Array;
  /** Overlap with the signal; zero throughout when there is none. */
  readonly overlap: Float64Array;
  /** Loss of each channel, in the order of the covariance's terms. */
  readonly losses: readonly Float64Array[];
}

/** Vectors that the sweeps of the history work on. */
export const SWEEP_VECTORS = 10;

/** @throws MemoryError where the packed triangles do not fit. */
export function createHistory(grid: Grid, channels: number): History {
  const packed = rowStart(grid.size);
  const vectors = Array.from({ length: SWEEP_VECTORS }, () => grid.size);
  const workspace = createWorkspace(float64Bytes(packed, packed, ...vectors));
  return {
    grid,
    workspace,
    correlation: workspace.float64(packed),
    response: workspace.float64(packed),
    drive: new Float64Array(grid.size),
    overlap: new Float64Array(grid.size),
    losses: Array.from({ length: channels }, () => new Float64Array(grid.size)),
  };
}
