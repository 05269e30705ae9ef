import type { ConvergenceError } from "../../core/errors";
import type { TwoTimeProblem } from "../problem";
import { type Grid, truncateGrid } from "./grid";
import type { History } from "./history";
import { YOUNG } from "./predictor";
import { createRowSolver, type RowSolver, type Unphysical } from "./row";

/**
 * After its one sweep a row is corrected until it changes less than this: loosely in a plain run, whose own
 * error of second order is larger (short steps then need no correction at all); to rounding when the error series
 * must be clean to be extrapolated, and for the poorly predicted first rows after a kink. Each correction may
 * neglect the oldest tenth of the last change.
 */
export const SETTLED = { plain: 1e-8, extrapolated: 1e-13 };
const SETTLED_YOUNG = 1e-14;
const MOST_ROUNDS = 12;
const NEGLECT = 0.1;
/** Columns of the packed triangles between two looks at the clock on the wall. */
const SWEEP_BLOCK = 4_000_000;

/** A history on its way, and what its loops tell of it. */
export interface Run {
  readonly history: History;
  /** Finished rows. */
  rows: number;
  /** What to say of a row that is no solution. */
  unphysical(i: number, what: Unphysical): ConvergenceError;
  /** Whether it is time to tell progress and let the event loop in, and that. */
  due(): boolean;
  pause(): Promise<void>;
}

/** Fills a history row by row. @throws what `run.unphysical` makes of a row that is no solution. */
export async function march(problem: TwoTimeProblem, run: Run, settled: number): Promise<void> {
  const { grid } = run.history;
  const solver = createRowSolver(problem, run.history);
  const sweepAll = async (i: number) => {
    const block = Math.max(1, Math.floor(SWEEP_BLOCK / i));
    for (let from = 0; from < i; from += block) {
      solver.sweep(from, Math.min(i, from + block));
      if (run.due()) await run.pause();
    }
  };

  await solveRow(solver, 0, 0, settled, sweepAll);
  run.rows = 1;
  for (const segment of grid.segments) {
    for (let i = segment.first + 1; i <= segment.last; i++) {
      const what = await solveRow(solver, i, i - segment.first - 1, settled, sweepAll);
      if (what) throw run.unphysical(i, what);
      run.rows = i + 1;
    }
  }
}

async function solveRow(
  solver: RowSolver,
  i: number,
  age: number,
  settled: number,
  sweepAll: (i: number) => Promise<void>,
): Promise<Unphysical | undefined> {
  const young = age < YOUNG;
  solver.predict(i, age);
  if (i > 0) {
    solver.load(i);
    await sweepAll(i);
    const enough = young ? SETTLED_YOUNG : settled;
    for (let round = 0; solver.correct(i) > enough && round < MOST_ROUNDS; round++) {
      solver.update(i, young ? 0 : NEGLECT);
    }
  }
  return solver.finish(i);
}

/** The first rows of a history, sharing its memory. */
export function truncateHistory(history: History, rows: number): History {
  const grid: Grid = truncateGrid(history.grid, rows);
  return {
    ...history,
    grid,
    reducedMultiplier: history.reducedMultiplier.subarray(0, rows),
    overlap: history.overlap.subarray(0, rows),
    losses: history.losses.map((loss) => loss.subarray(0, rows)),
  };
}
