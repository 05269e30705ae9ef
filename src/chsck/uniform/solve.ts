import { checkCall } from "../../core/check-options";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import { checkProblem, type TwoTimeProblem } from "../problem";
import type { LeveledSolution } from "../solution";
import { failIfUnphysical } from "./accuracy";
import { solveToTolerance, TOLERANCE } from "./automatic";
import { decays } from "./coordinate";
import { createGrid, FEWEST_STEPS } from "./grid";
import { createCoordinate } from "./grid-variable";
import { solveLevel, work } from "./level";
import { type Asked, createGrids, requireGrids, solveLevels } from "./levels";
import { SETTLED } from "./march";
import { checkMethod, isAutomatic, stepCount, type UniformMethod } from "./method";
import { solveSettled } from "./settled";
import { createSolution } from "./solution";
import { createWorkspaces } from "./workspaces";

/** Beyond this the numbers of a run overflow. */
const LONGEST = 1e100;

/**
 * Solves the two-time (CHSCK) equations on a uniform grid: second order in the step, cost ~ points³, memory
 * 8·points² bytes. Runs with steps h, h/2 and h/4, and one of 2h to judge them by, are combined to h → 0 (21 times the memory
 * and 73 times the work of one run), and every value carries an estimated error. Without `points` or `step` a first answer, with
 * about one step for a decay of the fastest modes, tells how many are needed for an estimated error of loss, C and R below
 * `tolerance`; the finest grid has at most 3200 steps, and a note says what is reached where that is not enough. At a constant
 * rate and high temperature the run ends once it is in equilibrium, which it then stays in.
 *
 * A row is predicted (T.6, T.7), the memory is swept along it, and the right-hand sides (T.1 to T.3), the multiplier (T.4)
 * and the rate of decay (T.9) give the step (T.8), until it settles; then slopes (T.10) and losses (T.5) are kept. The runs
 * are extrapolated by (T.11).
 *
 * Source: learning-rate schedules paper, equations 13 to 15 and appendix D, corrected (see docs/errata.md).
 *
 * @throws InvalidParameterError for a method or problem that makes no sense, or a run far too long for a uniform grid.
 * @throws ConvergenceError when the solution leaves |C| ≤ 1 or falls below the lowest loss; its partial result is the
 *   solution up to there.
 * @throws InterruptedError after an abort; its partial result is the solution up to there.
 */
export async function solveUniform(
  problem: TwoTimeProblem,
  method: UniformMethod,
  options: Options = {},
): Promise<LeveledSolution> {
  checkCall({ problem, method }, options);
  checkProblem(problem);
  checkMethod(method);
  const coordinate = createCoordinate(problem, method.until, method.variable);
  if (!(coordinate.length < LONGEST)) {
    throw new InvalidParameterError(
      "method.until",
      method.until,
      `a time at which the clock is below ${LONGEST}`,
    );
  }
  const asked = { problem, method, coordinate, options };
  if (!isAutomatic(method)) return solveAsAsked(asked);
  const aim = { decays: decays(problem, coordinate), tolerance: method.tolerance ?? TOLERANCE };
  const settled = await solveSettled(problem, method.until, aim, (until) => {
    const shorter = createCoordinate(problem, until, method.variable);
    return solveToTolerance({ ...asked, method: { ...method, until }, coordinate: shorter });
  });
  return settled ?? solveToTolerance(asked);
}

async function solveAsAsked(asked: Asked): Promise<LeveledSolution> {
  const { problem, method, coordinate } = asked;
  const points = stepCount(method, coordinate.length);
  if (method.extrapolate === false) return solveOnce(asked, points);
  const settled = SETTLED.extrapolated;
  const grids = createGrids(asked, points);
  requireGrids(asked, grids);
  const levels = await solveLevels(asked, grids, settled);
  const solution = createSolution(problem, levels, settled);
  const advice = `Take more points than ${points}, or leave method.points and method.step out.`;
  failIfUnphysical(problem, solution, advice);
  return solution;
}

async function solveOnce(asked: Asked, points: number): Promise<LeveledSolution> {
  const { problem, method, coordinate, options } = asked;
  const grid = createGrid(coordinate, problem.schedule, { points, fewest: FEWEST_STEPS });
  requireGrids(asked, [grid]);
  const share = { earlier: 0, total: work(grid) };
  const workspace = createWorkspaces(problem, method, [grid])(grid);
  const history = await solveLevel(problem, method, { grid, workspace }, SETTLED.plain, share, options);
  return createSolution(problem, [history], SETTLED.plain, [
    "no numerical error is known: one run, not extrapolated (method.extrapolate is false)",
  ]);
}
