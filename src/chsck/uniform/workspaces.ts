import { InvalidParameterError, inBytes, MemoryError } from "../../core/errors";
import { createWorkspace, type Workspace } from "../../kernels";
import type { TwoTimeProblem } from "../problem";
import type { Grid } from "./grid";
import { historyBytes } from "./history";
import type { UniformMethod } from "./method";
import { rowRoom } from "./row";

/** Levels that take no more share a workspace: its kernels are made once, and are fast when they have been called often. */
const MOST_SHARED = 2 ** 28;

/**
 * Workspaces for the histories of some grids, by grid.
 * @throws InvalidParameterError where one of them does not fit.
 */
export function createWorkspaces(
  { covariance }: TwoTimeProblem,
  method: UniformMethod,
  grids: readonly Grid[],
): (grid: Grid) => Workspace {
  const bytes = (grid: Grid) => historyBytes(grid, rowRoom(covariance, grid.size));
  const own = (grid: Grid) => refusing(method, grid, () => createWorkspace(bytes(grid)));
  const total = grids.reduce((sum, grid) => sum + bytes(grid), 0);
  if (total > MOST_SHARED) return own;
  const shared = refusing(method, grids[grids.length - 1], () => createWorkspace(total));
  return () => shared;
}

function refusing<T>({ points, step, until }: UniformMethod, grid: Grid, allocate: () => T): T {
  try {
    return allocate();
  } catch (error) {
    if (!(error instanceof MemoryError)) throw error;
    const [parameter, value] =
      step !== undefined ? ["step", step] : points !== undefined ? ["points", points] : ["until", until];
    const allowed = `what fits in memory: ${grid.size - 1} steps take ${inBytes(error.needed)} in one piece`;
    throw new InvalidParameterError(`method.${parameter}`, value, allowed);
  }
}
