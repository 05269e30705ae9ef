import { requireBudget } from "../../core/budget";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import { finishRun } from "../../core/resumable-run";
import { checkProblem, type TwoTimeProblem } from "../problem";
import type { LeveledSolution } from "../solution";
import { accuracyOf } from "./accuracy";
import { agingCosts } from "./costs";
import type { AgingHistory, AgingRun } from "./history";
import { type AgingMethod, checkMethod } from "./method";
import { remarks } from "./monitors";
import { coarser, mayBeGauged, orderOf, resolutionOf } from "./rule";
import { createRun } from "./run";
import { createSolution } from "./solution";
import { landscapeTime } from "./solved-phase";
import { stretchesOf } from "./stretches";

const TOLERANCE = 1e-6;
/** Where grids have to be made finer, the rule is asked for this share of the error, so often. */
const REFINED = 1 / 4;
/** The share that is asked for first: a pair of grids whose difference, the stated error, is below the tolerance. */
const FIRST = 1 / 8;
const MOST_REFINEMENTS = 2;
/** Beyond these ages, in the landscape's time, rounding and the quadrature of the history grow over the solution. */
const reachOf = (order: number, gauged: boolean) =>
  gauged ? (order > 5 ? 1e9 : 1e10) : order > 5 ? 1e7 : order > 3.5 ? 1e8 : 1e9;

/**
 * Solves the two-time (CHSCK) equations on the aging grid: rows equally spaced in the logarithm of the clock, each an implicit step
 * with C, R and z as unknowns; to ages of 10⁸ and more in seconds. Beyond, up to 10¹⁰, late rows of a random start at a constant T_eff have
 * an internal time, see `Gauge`. Every run is made twice, on a grid as fine as the tolerance
 * takes and on one a little coarser; the difference of z, C and R is the stated error. While it is above the tolerance, grids are made finer.
 *
 * Source: learning-rate schedules paper, equations 13 to 15 and appendix D, corrected (see docs/errata.md); scheme (A.1) to (A.14)
 * of docs/equations.md.
 *
 * With a checkpoint store the rows are saved some ten times for each grid, and after an abort; a run that goes on from there ends with the
 * same numbers. It may also go to a later time, where what is on the same grids is gone on with, or to another tolerance.
 *
 * @throws InvalidParameterError for a method or problem that makes no sense, or is not for this grid, or a checkpoint of another problem.
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
  const run: AgingRun = { problem, until: method.until, stretches: stretchesOf(problem, method.until) };
  const { tolerance = TOLERANCE, points } = method;
  const resolutionAt = (error: number) => resolutionOf(problem, end / landscapeTime(problem), error, method);
  const finest = resolutionAt(FIRST * tolerance);
  const resolutions = [coarser(finest), finest];
  requireBudget(agingCosts(run, resolutions, { ...method, tolerance }), { onNotice: options.onNotice });
  const notes = new Set<string>();
  let histories: AgingHistory[] = [];
  for (let refinement = 0; ; refinement++) {
    const work = createRun(run, resolutions, (note) => notes.add(note));
    histories = await finishRun(work, options, histories);
    const found = [...notes, ...remarks(histories.slice(-2))];
    const solution = createSolution(run, histories, found, run.written);
    if (points !== undefined) return solution;
    const { error, goodUpTo } = accuracyOf(problem, solution, tolerance);
    if (error <= tolerance) return solution;
    if (refinement === MOST_REFINEMENTS) {
      throw new ConvergenceError(
        `The estimated error of z, C and R is up to ${error.toPrecision(2)}, above the tolerance ${tolerance}.`,
        {
          reached: goodUpTo,
          advice:
            goodUpTo > 0
              ? "Solve up to an earlier time, or take a larger method.tolerance."
              : "Take a larger method.tolerance.",
          partial: solution,
        },
      );
    }
    resolutions.push(resolutionAt(FIRST * tolerance * REFINED ** (refinement + 1)));
  }
}

/** The clock at the end of a run. @throws InvalidParameterError where the run is not for this grid. */
export function checkReach(problem: TwoTimeProblem, { until }: Pick<AgingMethod, "until">): number {
  const { schedule, temperature, covariance } = problem;
  if (temperature > 0 && schedule.startExponent > 0) {
    throw new InvalidParameterError(
      "schedule.offset",
      0,
      'above 0 on the aging grid, which takes no singular start (method.kind "uniform" does)',
    );
  }
  const end = schedule.clock(until);
  const reach = reachOf(orderOf(covariance), mayBeGauged(problem, until)) * landscapeTime(problem);
  if (end > reach) {
    const latest = Number(schedule.time(reach).toPrecision(3));
    throw new InvalidParameterError(
      "method.until",
      until,
      `at most ${latest}, where the clock is ${Number(reach.toPrecision(3))}`,
    );
  }
  stretchesOf(problem, until);
  return end;
}
