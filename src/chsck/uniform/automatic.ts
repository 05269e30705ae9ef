import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import type { LeveledSolution } from "../solution";
import { failIfUnphysical, largestError } from "./accuracy";
import { decays, thresholdDecays } from "./coordinate";
import { type Asked, createGrids, solveLevels, totalWork } from "./levels";
import { SETTLED } from "./march";
import { createReading, createSolution } from "./solution";

/** Of loss, C and R, where none is given. */
export const TOLERANCE = 1e-4;
/**
 * Steps h that the first answer has for every decay of the fastest modes, or of those of the threshold states, which remember,
 * where that is more: about what the default tolerance needs. And it has at least so many.
 */
const STEPS = { fastest: 1.05, threshold: 1.35 };
const FEWEST = 16;
/** The most steps h; the finest level has four times as many. */
const MOST = 800;
/** An estimated error falls about with the fifth power of the step, until two answers have told. */
const ORDER = { least: 3, first: 5, most: 6 };
/** The next answer aims below the tolerance by this, and takes so many times the steps. */
const AIM = 1.5;
const GROWTH = { least: 1.2, failed: 1.5, most: 3 };

/** An answer on the way: its steps and its largest estimated error. */
interface Attempt {
  readonly points: number;
  readonly error: number;
}

/**
 * Solves with as few steps as reach the tolerance, or as are allowed: a cheap first answer tells from its estimated error how
 * many the next should have.
 */
export async function solveToTolerance(asked: Asked): Promise<LeveledSolution> {
  const { problem, method, coordinate } = asked;
  const { tolerance = TOLERANCE } = method;
  const settled = SETTLED.within(tolerance);
  let earlier = 0;
  let before: Attempt | undefined;
  for (let points = firstPoints(asked); ; ) {
    const grids = createGrids(asked, points);
    const isLast = points >= MOST;
    try {
      const levels = await solveLevels(asked, grids, settled, earlier);
      const error = largestError(createReading(problem, levels, settled), coordinate);
      if (error <= tolerance || isLast) {
        const finest = grids[grids.length - 1].size - 1;
        const solution = createSolution(
          problem,
          levels,
          settled,
          error <= tolerance ? [] : [short(error, tolerance, finest)],
        );
        failIfUnphysical(problem, solution, "Solve up to an earlier time, or give method.points.");
        return solution;
      }
      const attempt = { points, error };
      points = nextPoints(attempt, tolerance, before);
      before = attempt;
    } catch (error) {
      // Steps too long for the dynamics: with shorter ones it begins anew.
      if (isLast || !(error instanceof ConvergenceError)) throw error;
      points = Math.min(MOST, even(GROWTH.failed * points));
      before = undefined;
    }
    earlier += totalWork(grids);
  }
}

function firstPoints({ problem, method, coordinate }: Asked): number {
  const wanted = Math.ceil(
    Math.max(
      STEPS.fastest * decays(problem, coordinate),
      STEPS.threshold * thresholdDecays(problem, coordinate),
    ),
  );
  // Of one level alone so many steps make sense; four would then be worth nothing.
  const most = 4 * MOST;
  if (!(wanted <= most)) {
    const reach = coordinate.time((coordinate.length * most) / wanted);
    const allowed = `at most about ${Number(reach.toPrecision(2))}, unless method.points says how many steps to take`;
    throw new InvalidParameterError("method.until", method.until, allowed);
  }
  return Math.min(MOST, Math.max(FEWEST, even(wanted)));
}

/** Steps for an error below the tolerance, from the error of one answer and how it fell since the one before. */
function nextPoints({ points, error }: Attempt, tolerance: number, before?: Attempt): number {
  const fallen = before && Math.log(before.error / error) / Math.log(points / before.points);
  const order = fallen === undefined ? ORDER.first : Math.min(ORDER.most, Math.max(ORDER.least, fallen));
  const growth = ((AIM * error) / tolerance) ** (1 / order);
  return Math.min(MOST, even(points * Math.min(GROWTH.most, Math.max(GROWTH.least, growth))));
}

/** The level with 2h has half as many. */
const even = (points: number): number => 2 * Math.ceil(points / 2);

const short = (error: number, tolerance: number, finest: number): string =>
  `the estimated error of loss, C and R is up to ${error.toPrecision(2)}, above the tolerance ${tolerance}: a grid of ${finest} steps is the finest without method.points`;
