import { ConvergenceError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { Workspace } from "../../kernels";
import type { TwoTimeProblem } from "../problem";
import { decays } from "./coordinate";
import type { Grid } from "./grid";
import { createHistory, type History, rowStart } from "./history";
import { march, type Run, type Settled, truncateHistory } from "./march";
import { mostPoints, type UniformMethod } from "./method";
import { createSolution } from "./solution";

/** Work of a run on so many nodes, in sweeps of a column. */
export const work = ({ size }: Grid): number => rowStart(size) * size;

/** Work done before a level, and of all levels, for progress. */
export interface Share {
  readonly earlier: number;
  readonly total: number;
}

/** A grid, and where its history stands. */
interface Place {
  readonly grid: Grid;
  readonly workspace: Workspace;
}

/**
 * Solves on one grid.
 * @throws ConvergenceError where the solution is unphysical.
 */
export async function solveLevel(
  problem: TwoTimeProblem,
  method: UniformMethod,
  { grid, workspace }: Place,
  settled: Settled,
  { earlier, total }: Share,
  options: Options,
): Promise<History> {
  const history = createHistory(grid, problem.covariance.terms.length, workspace);
  const finished = () => createSolution(problem, [truncateHistory(history, run.rows)], settled);
  const pacer = createPacer("two-time equations", total, options, finished);
  const run: Run = {
    history,
    rows: 0,
    due: pacer.due,
    pause: () => pacer.pause(earlier + rowStart(run.rows) * run.rows),
    unphysical: (i, what) =>
      new ConvergenceError(`${what} at t = ${grid.time[i].toPrecision(6)}, so this is no solution.`, {
        reached: grid.time[i - 1],
        advice: advice(problem, method, grid),
        partial: finished(),
      }),
  };
  await march(problem, run, settled);
  return history;
}

/** Four steps to a decay of the fastest modes are enough. */
const STEPS_A_DECAY = 4;

/** What to do about steps that are too long, within what is allowed. */
function advice(problem: TwoTimeProblem, method: UniformMethod, { coordinate, size }: Grid): string {
  const tried = size - 1;
  const most = mostPoints(method);
  const enough = Math.max(STEPS_A_DECAY * decays(problem, coordinate), 2 * tried);
  if (enough <= most) {
    return `Take more points: ${tried} steps are too few, some ${Math.ceil(enough)} should do.`;
  }
  if (method.variable === "time") {
    return "Leave out method.variable: equal steps of the time are too long for the fastest part of the run.";
  }
  const reach = coordinate.time((coordinate.length * most) / enough);
  return `${tried} steps are too few, and ${most} are the most: take that many, up to a method.until of ${Number(reach.toPrecision(2))}.`;
}
