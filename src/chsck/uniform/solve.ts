import { ConvergenceError, InvalidParameterError, inBytes, MemoryError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { TwoTimeSolution } from "../../core/results";
import { checkProblem, type TwoTimeProblem } from "../problem";
import { createGrid, type Grid, truncateGrid } from "./grid";
import { createHistory, type History, rowStart } from "./history";
import { checkMethod, type UniformMethod } from "./method";
import { YOUNG } from "./predictor";
import { createRowSolver, type RowSolver, rowRoom } from "./row";
import { createSolution } from "./solution";

/**
 * After its one sweep a row is corrected until it changes less than this: loosely in a plain run, whose own
 * error of second order is larger (short steps then need no correction at all); tightly when the error series
 * must be clean to be extrapolated, and for the poorly predicted first rows after a kink. Each correction may
 * neglect the oldest tenth of the last change.
 */
const SETTLED = { plain: 1e-8, extrapolated: 1e-10, young: 1e-14 };
const MOST_ROUNDS = 12;
const NEGLECT = 0.1;
/** Columns of the packed triangles between two looks at the clock on the wall. */
const SWEEP_BLOCK = 4_000_000;
/** |C| ≤ 1 in the exact solution; beyond this the step is too long for the dynamics. */
const LARGEST_CORRELATION = 1.05;

/**
 * Solves the two-time (CHSCK) equations on a uniform grid: second order in the step, cost ~ points³, memory
 * 8·points² bytes. With `extrapolate`, steps h, h/2 and h/4 are combined to h → 0 (21 times the memory and 73
 * times the work of one run), and every value carries an estimated error.
 *
 * A row is predicted (T.6, T.7), the memory is swept along it, and the right-hand sides (T.1 to T.3), the multiplier (T.4)
 * and the rate of decay (T.9) give the step (T.8), until it settles; then slopes (T.10) and losses (T.5) are kept. Three runs
 * are extrapolated by (T.11).
 *
 * Source: learning-rate schedules paper, equations 13 to 15 and appendix D, corrected (see docs/errata.md).
 *
 * @throws InvalidParameterError for a method or problem that makes no sense.
 * @throws ConvergenceError when the solution leaves |C| ≤ 1; its partial result is the solution up to there.
 * @throws InterruptedError after an abort; its partial result is the solution up to there.
 */
export async function solveUniform(
  problem: TwoTimeProblem,
  method: UniformMethod,
  options: Options = {},
): Promise<TwoTimeSolution> {
  checkProblem(problem);
  checkMethod(method);
  const refinements = method.extrapolate ? [1, 2, 4] : [1];
  const grids = refinements.map((refinement) => createGrid(problem, method, refinement));
  const work = (size: number) => rowStart(size) * size;
  const total = grids.reduce((sum, grid) => sum + work(grid.size), 0);

  const settled = method.extrapolate ? SETTLED.extrapolated : SETTLED.plain;
  const levels: History[] = [];
  let earlier = 0;
  for (const grid of grids) {
    const history = allocate(problem, grid, method);
    const finished = () => createSolution(problem, [truncateHistory(history, run.rows)]);
    const pacer = createPacer("two-time equations", total, options, finished);
    const pause = () => pacer.pause(earlier + work(run.rows));
    const run: Run = { history, rows: 0, finished, due: pacer.due, pause };
    await march(problem, run, settled);
    levels.push(history);
    earlier += work(grid.size);
  }
  return createSolution(problem, levels);
}

function allocate(problem: TwoTimeProblem, grid: Grid, { points, step }: UniformMethod): History {
  try {
    const { covariance } = problem;
    return createHistory(grid, covariance.terms.length, rowRoom(covariance, grid.size));
  } catch (error) {
    if (!(error instanceof MemoryError)) throw error;
    const [parameter, value] = step === undefined ? ["points", points] : ["step", step];
    const allowed = `what fits in memory: ${grid.size - 1} steps take ${inBytes(error.needed)} in one piece`;
    throw new InvalidParameterError(`method.${parameter}`, value, allowed);
  }
}

/** A history on its way, and what its loops tell of it. */
interface Run {
  readonly history: History;
  /** Finished rows, and the solution on them. */
  rows: number;
  finished(): TwoTimeSolution;
  /** Whether it is time to tell progress and let the event loop in, and that. */
  due(): boolean;
  pause(): Promise<void>;
}

async function march(problem: TwoTimeProblem, run: Run, settled: number): Promise<void> {
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
      const sound = await solveRow(solver, i, i - segment.first - 1, settled, sweepAll);
      if (!sound) throw blowUp(problem, run, i);
      run.rows = i + 1;
    }
  }
}

function blowUp(problem: TwoTimeProblem, { history, finished }: Run, i: number): ConvergenceError {
  const { grid } = history;
  return new ConvergenceError(
    `the two-time equations blew up: |C| exceeded 1 at t = ${grid.time[i].toPrecision(6)}.`,
    {
      reached: grid.time[i - 1],
      advice: `Take more points: ${grid.size - 1} steps are too few, some ${enoughSteps(problem, grid)} should do.`,
      partial: finished(),
    },
  );
}

/** Four steps to the time in which the fastest modes decay, 1/z, at the late z of the threshold states. */
function enoughSteps({ covariance, temperature, schedule }: TwoTimeProblem, grid: Grid): number {
  const clock = schedule.clockBetween(grid.coordinate.start, grid.time[grid.size - 1]);
  const heat = schedule.heatBetween(grid.coordinate.start, grid.time[grid.size - 1]);
  const decays = 2 * Math.sqrt(covariance.second(1)) * clock + (temperature === 0 ? 0 : temperature * heat);
  return Number((4 * decays).toPrecision(2));
}

async function solveRow(
  solver: RowSolver,
  i: number,
  age: number,
  settled: number,
  sweepAll: (i: number) => Promise<void>,
): Promise<boolean> {
  const young = age < YOUNG;
  solver.predict(i, age);
  if (i > 0) {
    solver.load(i);
    await sweepAll(i);
    const enough = young ? SETTLED.young : settled;
    for (let round = 0; solver.correct(i) > enough && round < MOST_ROUNDS; round++) {
      solver.update(i, young ? 0 : NEGLECT);
    }
  }
  return solver.finish(i, LARGEST_CORRELATION);
}

/** The first rows of a history, sharing its memory. */
function truncateHistory(history: History, rows: number): History {
  const grid: Grid = truncateGrid(history.grid, rows);
  return {
    ...history,
    grid,
    reducedMultiplier: history.reducedMultiplier.subarray(0, rows),
    overlap: history.overlap.subarray(0, rows),
    losses: history.losses.map((loss) => loss.subarray(0, rows)),
  };
}
