import type { ConvergenceError } from "../../core/errors";
import type { TwoTimeProblem } from "../problem";
import { type Grid, truncateGrid } from "./grid";
import type { History } from "./history";
import { YOUNG } from "./predictor";
import { createRowSolver, type RowSolver, type Unphysical } from "./row";

/** After its one sweep a row is corrected until it changes less than this; young rows, poorly predicted, until less. */
export interface Settled {
  readonly rows: number;
  readonly young: number;
}

/**
 * Loosely in a plain run, whose own error of second order is larger (short steps then need no correction at all); to rounding
 * when the error series must be clean to be extrapolated, or as clean as a tolerance asks for. What is left in the values is
 * some times that, see `estimate`. Each correction may neglect the oldest hundredth of the last change.
 */
export const SETTLED = {
  plain: { rows: 1e-8, young: 1e-14 },
  extrapolated: { rows: 1e-13, young: 1e-14 },
  within: (tolerance: number): Settled => {
    const rows = Math.max(1e-13, 1e-3 * tolerance);
    return { rows, young: rows / 10 };
  },
};
const MOST_ROUNDS = 12;
const NEGLECT = 0.01;
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
export async function march(problem: TwoTimeProblem, run: Run, settled: Settled): Promise<void> {
  const { grid } = run.history;
  const solver = createRowSolver(problem, run.history);
  const sweepFrom = async (oldest: number, i: number) => {
    const block = Math.max(1, Math.floor(SWEEP_BLOCK / i));
    for (let from = oldest; from < i; from += block) {
      solver.sweep(from, Math.min(i, from + block));
      if (run.due()) await run.pause();
    }
  };

  await solveRow(solver, 0, 0, settled, sweepFrom);
  run.rows = 1;
  for (const segment of grid.segments) {
    for (let i = segment.first + 1; i <= segment.last; i++) {
      const what = await solveRow(solver, i, i - segment.first - 1, settled, sweepFrom);
      if (what) throw run.unphysical(i, what);
      run.rows = i + 1;
    }
  }
}

async function solveRow(
  solver: RowSolver,
  i: number,
  age: number,
  settled: Settled,
  sweepFrom: (oldest: number, i: number) => Promise<void>,
): Promise<Unphysical | undefined> {
  const young = age < YOUNG;
  solver.predict(i, age);
  if (i > 0) {
    await sweepFrom(solver.load(i), i);
    const enough = young ? settled.young : settled.rows;
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
