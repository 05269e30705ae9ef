import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import { checkProblem, type TwoTimeProblem } from "../problem";
import type { LeveledSolution } from "../solution";
import { largestError, unphysicalLimit } from "./accuracy";
import { type Coordinate, decays } from "./coordinate";
import { createGrid, FEWEST_STEPS } from "./grid";
import { createCoordinate } from "./grid-variable";
import type { History } from "./history";
import { solveLevel, work } from "./level";
import { SETTLED } from "./march";
import { checkMethod, isAutomatic, stepCount, type UniformMethod } from "./method";
import { solveSettled } from "./settled";
import { createSolution } from "./solution";

/** Levels of the grid that an extrapolation takes, and the fewest of the automatic choice. */
const MOST_LEVELS = 4;
const FEWEST_LEVELS = 3;
const TOLERANCE = 1e-4;
/** The automatic choice begins with this many decays of the fastest modes to a step, and stops below this many steps. */
const DECAYS_A_STEP = 2;
/** After a forgotten start everything the run shows is in a part of the grid: steps are shorter from the first on. */
const DECAYS_A_STEP_LATER = 1;
const FEWEST_AUTOMATIC = 16;
const MOST_AUTOMATIC = 3200;
/** Beyond this the numbers of a run overflow. */
const LONGEST = 1e100;

/**
 * Solves the two-time (CHSCK) equations on a uniform grid: second order in the step, cost ~ points³, memory
 * 8·points² bytes. Runs with steps h, h/2 and h/4, and one of 2h to judge them by, are combined to h → 0 (21 times the memory
 * and 73 times the work of one run), and every value carries an estimated error. Without `points` or `step` the number of
 * steps doubles, from about one for two decays of the fastest modes, until the estimated error of loss, C and R is below
 * `tolerance`, or the finest grid would have more than 3200 steps: then a note says what is reached. At a constant rate and
 * high temperature the run ends once it is in equilibrium, which it then stays in.
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
  if (!isAutomatic(method)) return solveAsAsked(problem, method, coordinate, options);
  const aim = { decays: decays(problem, coordinate), tolerance: method.tolerance ?? TOLERANCE };
  const settled = await solveSettled(problem, method.until, aim, (until) => {
    const shorter = createCoordinate(problem, until, method.variable);
    return solveToTolerance(problem, { ...method, until }, shorter, options);
  });
  return settled ?? solveToTolerance(problem, method, coordinate, options);
}

async function solveAsAsked(
  problem: TwoTimeProblem,
  method: UniformMethod,
  coordinate: Coordinate,
  options: Options,
): Promise<LeveledSolution> {
  const points = stepCount(method, coordinate.length);
  const { schedule } = problem;
  if (method.extrapolate === false) {
    const grid = createGrid(coordinate, schedule, { points, fewest: FEWEST_STEPS });
    const share = { earlier: 0, total: work(grid) };
    const history = await solveLevel(problem, method, grid, SETTLED.plain, share, options);
    return createSolution(
      problem,
      [history],
      ["no numerical error is known: one run, not extrapolated (method.extrapolate is false)"],
    );
  }
  const grids = [1, 2, 4, 8].map((refinement) =>
    createGrid(coordinate, schedule, { points: points / 2, fewest: FEWEST_STEPS / 2, refinement }),
  );
  const total = grids.reduce((sum, grid) => sum + work(grid), 0);
  const levels: History[] = [];
  let earlier = 0;
  for (const [k, grid] of grids.entries()) {
    try {
      levels.push(await solveLevel(problem, method, grid, SETTLED.extrapolated, { earlier, total }, options));
    } catch (error) {
      // The run of twice the step is only there to judge the others.
      if (!(k === 0 && error instanceof ConvergenceError)) throw error;
    }
    earlier += work(grid);
  }
  const solution = createSolution(problem, levels);
  const broken = unphysicalLimit(problem, solution);
  if (!broken) return solution;
  throw new ConvergenceError(
    `${broken.what} at t = ${broken.time.toPrecision(6)}, by more than the estimated error.`,
    {
      reached: broken.time,
      advice: `Take more points than ${points}, or leave method.points and method.step out.`,
      partial: solution,
    },
  );
}

async function solveToTolerance(
  problem: TwoTimeProblem,
  method: UniformMethod,
  coordinate: Coordinate,
  options: Options,
): Promise<LeveledSolution> {
  const { tolerance = TOLERANCE, until } = method;
  const wanted = Math.ceil(
    decays(problem, coordinate) / (coordinate.known > 0 ? DECAYS_A_STEP_LATER : DECAYS_A_STEP),
  );
  if (!(wanted <= MOST_AUTOMATIC)) {
    const reach = coordinate.time((coordinate.length * MOST_AUTOMATIC) / wanted);
    const allowed = `at most about ${Number(reach.toPrecision(2))}, unless method.points says how many steps to take`;
    throw new InvalidParameterError("method.until", until, allowed);
  }
  // Three levels at least: their finest must be allowed.
  const points = Math.max(FEWEST_AUTOMATIC, Math.min(wanted, MOST_AUTOMATIC / 2 ** (FEWEST_LEVELS - 1)));
  let levels: History[] = [];
  let earlier = 0;
  for (let refinement = 1; ; refinement *= 2) {
    const grid = createGrid(coordinate, problem.schedule, {
      points,
      fewest: FEWEST_STEPS / 2,
      refinement,
    });
    const finest = 2 * points * refinement > MOST_AUTOMATIC;
    try {
      const share = { earlier, total: earlier + work(grid) };
      levels.push(await solveLevel(problem, method, grid, SETTLED.extrapolated, share, options));
    } catch (error) {
      // Steps too long for the dynamics: with shorter ones it begins anew.
      if (finest || !(error instanceof ConvergenceError)) throw error;
      levels = [];
    }
    earlier += work(grid);
    if (levels.length > MOST_LEVELS) levels.shift();
    if (levels.length < FEWEST_LEVELS && !finest) continue;
    const solution = createSolution(problem, levels);
    const error = largestError(solution, coordinate, finest ? Infinity : tolerance);
    const broken = unphysicalLimit(problem, solution);
    if (!broken && error <= tolerance) return solution;
    if (!finest) continue;
    if (broken) {
      throw new ConvergenceError(
        `${broken.what} at t = ${broken.time.toPrecision(6)}, by more than the estimated error.`,
        {
          reached: broken.time,
          advice: "Solve up to an earlier time, or give method.points.",
          partial: solution,
        },
      );
    }
    return createSolution(problem, levels, [
      `the estimated error of loss, C and R is up to ${error.toPrecision(2)}, above the tolerance ${tolerance}: a grid of ${grid.size - 1} steps is the finest without method.points`,
    ]);
  }
}
