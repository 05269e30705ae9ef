import { checkCall } from "../../core/check-options";
import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import { createPacer, type Options, type Pacer } from "../../core/options";
import { checkProblem, type TwoTimeProblem } from "../problem";
import type { LeveledSolution } from "../solution";
import { largestError } from "./accuracy";
import { type AgingHistory, createHistory, type Stretch, solveHistory } from "./history";
import { type AgingMethod, checkMethod } from "./method";
import { remarks } from "./monitors";
import { coarser, type Resolution, resolutionFor, resolutionWith } from "./rule";
import { createSolution } from "./solution";
import { KNOWN_ROWS, landscapeTime } from "./solved-phase";
import { stretchesOf } from "./stretches";

const TOLERANCE = 1e-6;
/** Where grids have to be made finer, the rule is asked for this share of the error, so often. */
const REFINED = 1 / 4;
/** The share that is asked for first: a pair of grids whose difference, the stated error, is below the tolerance. */
const FIRST = 1 / 8;
const MOST_REFINEMENTS = 2;
/** Beyond these ages, in the landscape's time, rounding and the quadrature of the history grow over the solution. */
const REACH = (order: number) => (order > 5 ? 1e7 : order > 3.5 ? 1e8 : 1e9);

/**
 * Solves the two-time (CHSCK) equations on the aging grid: rows equally spaced in the logarithm of the clock, each an implicit step
 * with C, R and z as unknowns; to ages of 10⁸ and more in seconds. Every run is made twice, on a grid as fine as the tolerance
 * takes and on one a little coarser; the difference of z, C and R is the stated error. While it is above the tolerance, grids are made finer.
 *
 * Source: learning-rate schedules paper, equations 13 to 15 and appendix D, corrected (see docs/errata.md); scheme (A.1) to (A.11)
 * of docs/equations.md.
 *
 * @throws InvalidParameterError for a method or problem that makes no sense, or is not for this grid.
 * @throws ConvergenceError where a row has no solution, a check fails, or the tolerance is out of reach; its partial result is what
 *   is solved.
 * @throws InterruptedError after an abort; its partial result is the solution up to there.
 */
export async function solveAging(
  problem: TwoTimeProblem,
  method: AgingMethod,
  options: Options = {},
): Promise<LeveledSolution> {
  checkCall({ problem, method }, options);
  checkProblem(problem);
  checkMethod(method);
  const end = checkReach(problem, method);
  const length = end / landscapeTime(problem);
  const { covariance } = problem;
  const { tolerance = TOLERANCE, points } = method;
  let fine =
    points === undefined
      ? resolutionFor(covariance, length, FIRST * tolerance)
      : resolutionWith(covariance, length, points);
  const histories: AgingHistory[] = [];
  let stretches = stretchesOf(problem, method.until);
  const solve = async (resolution: Resolution) => {
    stretches = await solveOn(problem, resolution, stretches, histories, options);
  };
  await solve(coarser(length, fine));
  for (let refinement = 0; ; refinement++) {
    await solve(fine);
    const solution = createSolution(problem, histories, remarks(problem, histories[histories.length - 1]));
    if (points !== undefined) return solution;
    const error = largestError(problem, solution);
    if (error <= tolerance) return solution;
    if (refinement === MOST_REFINEMENTS) {
      throw new ConvergenceError(
        `The estimated error of z, C and R is up to ${error.toPrecision(2)}, above the tolerance ${tolerance}.`,
        {
          reached: solution.time[solution.time.length - 1],
          advice: "Solve up to an earlier time, or take a larger method.tolerance.",
          partial: solution,
        },
      );
    }
    fine = resolutionFor(covariance, length, FIRST * tolerance * REFINED ** (refinement + 1));
  }
}

/** The clock at the end of a run. @throws InvalidParameterError where the run is not for this grid. */
export function checkReach(problem: TwoTimeProblem, { until }: Pick<AgingMethod, "until">): number {
  const { schedule, temperature, covariance } = problem;
  if (temperature > 0 && schedule.startExponent > 0) {
    throw new InvalidParameterError(
      "schedule.offset",
      0,
      'above 0 on the aging grid (method.kind "uniform" takes a singular start)',
    );
  }
  const end = schedule.clock(until);
  const reach = REACH(1 + covariance.second(1) / covariance.first(1)) * landscapeTime(problem);
  if (end > reach) {
    const latest = Number(schedule.time(reach).toPrecision(3));
    throw new InvalidParameterError("method.until", until, `at most ${latest}, where the clock is ${reach}`);
  }
  stretchesOf(problem, until);
  return end;
}

/** Adds a history to the others, which may be less fine; the first of all tells the stretches of the next. */
async function solveOn(
  problem: TwoTimeProblem,
  resolution: Resolution,
  stretches: readonly Stretch[],
  histories: AgingHistory[],
  options: Options,
): Promise<readonly Stretch[]> {
  const { schedule } = problem;
  const { to: end } = stretches[stretches.length - 1];
  const history = createHistory(resolution);
  const partial = () => {
    const last = history.phases[history.phases.length - 1];
    return last && last.count >= KNOWN_ROWS
      ? createSolution(problem, [...histories.slice(-1), history])
      : undefined;
  };
  const pacer: Pacer = createPacer(
    `two-time equations on ${resolution.grid.size} nodes`,
    Math.max(1, Math.ceil(100 * Math.log1p(end))),
    options,
    partial,
  );
  let solved = stretches;
  try {
    solved = await solveHistory(problem, history, stretches, {
      cut: histories.length === 0,
      time: (clock) => schedule.time(clock),
      afterRow(r) {
        const { start, rows } = history.phases[history.phases.length - 1].phase;
        const clock = start.clock + rows.sigma[r];
        return pacer.due() ? pacer.pause(Math.floor(100 * Math.log1p(clock))) : undefined;
      },
    });
  } catch (error) {
    throw error instanceof ConvergenceError ? error.withPartial(partial()) : error;
  }
  histories.push(history);
  // Two are compared; those before have served.
  if (histories.length > 2) histories.shift();
  return solved;
}
