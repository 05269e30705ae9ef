import { ConvergenceError } from "../core/errors";
import { createPacer, type Options } from "../core/options";
import { findRoot } from "../numerics/roots";
import { loadOdex, type OdexObserver } from "./odex";
import { createPath, type Path } from "./path";

/** An initial-value problem dy/dt = f(t, y). */
export interface InitialValueProblem {
  /** For messages, e.g. "order-parameter equations". */
  readonly label: string;
  readonly derivative: (t: number, y: readonly number[], out: Float64Array) => void;
  readonly start: ArrayLike<number>;
  readonly until: number;
  /** Relative and absolute error allowed for a step. */
  readonly tolerance: number;
  /** An event: the first time this turns from positive to zero or negative. The integration goes on after it. */
  readonly event?: (y: ArrayLike<number>) => number;
}

/** A path, and when the event came: Infinity where it did not. */
export interface IntegratedPath {
  readonly path: Path;
  readonly eventTime: number;
}

/** Accepted steps between two looks at the clock: the integration is restarted there, so this is never timed. */
const SEGMENT_STEPS = 32;
const MOST_SEGMENTS = 2000;
/** Evaluations in one segment after which the step must have shrunk to nothing. */
const MOST_EVALUATIONS = 200_000;
/** In place of a rate that is no number, so that the error estimate refuses the step that led there. */
const OVERFLOW = 1e60;

/**
 * Integrates by odex (Hairer and Wanner's extrapolation of the midpoint rule) with dense output; between steps the
 * path is the solver's own interpolation polynomial.
 * @throws ConvergenceError with the path so far as `partial` ({@link IntegratedPath}) where the solution leaves all
 *   bounds or the steps become too small; InterruptedError after an abort.
 */
export async function integrate(
  problem: InitialValueProblem,
  options: Options = {},
): Promise<IntegratedPath> {
  const { label, derivative, start, until, tolerance, event } = problem;
  const path = createPath(start);
  let eventTime = event && event(start) <= 0 ? 0 : Infinity;
  const pacer = createPacer(label, until, options, () => ({ path, eventTime }));

  const rate = new Float64Array(start.length);
  let evaluations = 0;
  const rates = (t: number, y: number[]) => {
    if (++evaluations > MOST_EVALUATIONS) throw failed();
    derivative(t, y, rate);
    for (let i = 0; i < rate.length; i++) if (!(Math.abs(rate[i]) < OVERFLOW)) rate[i] = OVERFLOW;
    return rate;
  };

  let steps = 0;
  let lastStep = Math.min(1e-3, until);
  const observe: OdexObserver = (_step, before, now, y, dense) => {
    if (!dense) return true;
    if (!y.every(Number.isFinite)) throw failed();
    path.append(before, now, dense);
    lastStep = now - before;
    if (event && eventTime === Infinity) eventTime = locate(event, path, before, now);
    return ++steps < SEGMENT_STEPS;
  };

  const { Solver } = await loadOdex();
  const solver = new Solver(start.length);
  solver.denseOutput = true;
  solver.relativeTolerance = tolerance;
  solver.absoluteTolerance = tolerance;
  for (let segment = 0; path.end() < until; segment++) {
    if (segment === MOST_SEGMENTS) throw failed();
    steps = evaluations = 0;
    solver.initialStepSize = lastStep;
    const from = path.end();
    solver.solve(rates, from, [...path.at(from)], until, observe);
    if (path.end() === from) throw failed();
    if (pacer.due()) await pacer.pause(path.end());
    // The last step of odex may end a rounding error before the end.
    if (until - path.end() <= 1e-14 * until) break;
  }
  return { path, eventTime };

  function failed(): ConvergenceError {
    return new ConvergenceError(`the ${label} could not be integrated beyond t = ${path.end()}.`, {
      reached: path.end(),
      advice: "The solution probably diverges there: lower the learning rate, or end the run before it.",
      partial: { path, eventTime } satisfies IntegratedPath,
    });
  }
}

/** Where the event happens in the last step; Infinity if it does not. */
function locate(event: (y: ArrayLike<number>) => number, path: Path, before: number, now: number): number {
  const parts = 8;
  const at = (t: number) => event(path.at(t));
  for (let k = 1, left = before; k <= parts; k++) {
    const right = k === parts ? now : before + ((now - before) * k) / parts;
    if (at(right) <= 0) return findRoot(at, left, right, { tolerance: 1e-13 });
    left = right;
  }
  return Infinity;
}
