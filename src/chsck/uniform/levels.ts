import { requireBudget } from "../../core/budget";
import { ConvergenceError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { TwoTimeProblem } from "../problem";
import type { Coordinate } from "./coordinate";
import { createGrid, FEWEST_STEPS, type Grid } from "./grid";
import type { History } from "./history";
import { solveLevel, work } from "./level";
import type { Settled } from "./march";
import type { UniformMethod } from "./method";
import { createWorkspaces } from "./workspaces";

/** What is solved and how, and the variable in which steps are equal. */
export interface Asked {
  readonly problem: TwoTimeProblem;
  readonly method: UniformMethod;
  readonly coordinate: Coordinate;
  readonly options: Options;
}

/** The levels cut the longest step into so many; it is there to judge the others. */
const REFINEMENTS = [1, 2, 4, 8];

/** Grids with 2h, h, h/2 and h/4, where h is a step of `points`. */
export function createGrids({ problem, coordinate }: Asked, points: number): Grid[] {
  const sizes = { points: points / 2, fewest: FEWEST_STEPS / 2 };
  return REFINEMENTS.map((refinement) => createGrid(coordinate, problem.schedule, { ...sizes, refinement }));
}

export const totalWork = (grids: readonly Grid[]): number => grids.reduce((sum, grid) => sum + work(grid), 0);

/** Seconds of a column in a sweep, with what a corrected row repeats of it. */
const SECONDS = 1e-9;

/** @throws InvalidParameterError where grids whose number of steps was asked for take too much memory or time. */
export function requireGrids({ method, options }: Asked, grids: readonly Grid[]): void {
  const { points, step } = method;
  const [parameter, value] = step === undefined ? ["method.points", points] : ["method.step", step];
  // The packed triangles of C and R.
  const bytes = grids.reduce((sum, { size }) => sum + 8 * size * size, 0);
  requireBudget([{ parameter, value, bytes, seconds: SECONDS * totalWork(grids) }], {
    onNotice: options.onNotice,
  });
}

/**
 * Solves on grids of halved steps; that with the longest is left out where it is too coarse for the dynamics.
 * @param earlier work done before, for progress.
 * @throws ConvergenceError where one of the others is unphysical.
 */
export async function solveLevels(
  { problem, method, options }: Asked,
  grids: readonly Grid[],
  settled: Settled,
  earlier = 0,
): Promise<History[]> {
  const total = earlier + totalWork(grids);
  const workspace = createWorkspaces(problem, method, grids);
  const levels: History[] = [];
  let done = earlier;
  for (const [k, grid] of grids.entries()) {
    try {
      const share = { earlier: done, total };
      levels.push(
        await solveLevel(problem, method, { grid, workspace: workspace(grid) }, settled, share, options),
      );
    } catch (error) {
      if (!(k === 0 && error instanceof ConvergenceError)) throw error;
    }
    done += work(grid);
  }
  return levels;
}
