import { ConvergenceError } from "../core/errors";
import { loadOdex, type OdexObserver } from "./odex";
import type { Path } from "./path";

/** Differential equations dy/dt = f(t, y), and how exactly to solve them. */
export interface Equations {
  /** For messages, e.g. "order-parameter equations". */
  readonly label: string;
  readonly derivative: (t: number, y: readonly number[], out: Float64Array) => void;
  /** Relative and absolute error allowed for a step. */
  readonly tolerance: number;
  /** Times, ascending, where f jumps or bends in t: steps end there, with f just before; f(t) itself is what the next begins with. */
  readonly kinks?: readonly number[];
  /** Accepted steps between two readings of the computer's clock, where a step is long work; the integration is restarted there. */
  readonly segmentSteps?: number;
}

/**
 * Takes a path some steps further, at most to `until`; returns how often it has evaluated the derivative.
 * @throws ConvergenceError where the solution leaves all bounds or the steps become too small.
 */
export type Advance = (path: Path, until: number) => number;

/** Steps of a segment, see {@link Equations.segmentSteps}: a number and never a time, so that no result depends on it. */
const SEGMENT_STEPS = 32;
/** Evaluations in one segment after which the step must have shrunk to nothing. */
const MOST_EVALUATIONS = 200_000;
/** Relative distance in t that is no more than rounding, for the ends of steps. */
const SAME_TIME = 1e-14;
/** In place of a rate that is no number, so that the error estimate refuses the step that led there. */
const OVERFLOW = 1e60;

/**
 * Odex (Hairer and Wanner's extrapolation of the midpoint rule) in segments of a few steps, with dense output.
 * @param size of y, @param observe is told of every step that has been appended to a path.
 */
export async function createAdvance(
  { label, derivative, tolerance, kinks = [], segmentSteps = SEGMENT_STEPS }: Equations,
  size: number,
  observe: (path: Path, before: number, now: number) => void,
): Promise<Advance> {
  const { Solver } = await loadOdex();
  const solver = new Solver(size);
  solver.denseOutput = true;
  solver.relativeTolerance = tolerance;
  solver.absoluteTolerance = tolerance;
  const rate = new Float64Array(size);
  let lastStep = 1e-3;

  return (path, last) => {
    const from = path.end();
    const behind = from * (1 + SAME_TIME);
    const until = Math.min(last, kinks.find((kink) => kink > behind) ?? last);
    const toKink = kinks.some((kink) => Math.abs(kink - until) <= SAME_TIME * until);
    const latest = toKink ? until * (1 - 4 * SAME_TIME) : until;
    // The time of a kink itself, where rounding led to its neighbour.
    const earliest = kinks.find((kink) => Math.abs(kink - from) <= SAME_TIME * from) ?? from;
    let evaluations = 0;
    let steps = 0;
    const rates = (t: number, y: number[]) => {
      if (++evaluations > MOST_EVALUATIONS) throw failed();
      derivative(Math.min(Math.max(t, earliest), Math.max(latest, earliest)), y, rate);
      for (let i = 0; i < size; i++) if (!(Math.abs(rate[i]) < OVERFLOW)) rate[i] = OVERFLOW;
      return rate;
    };
    const append: OdexObserver = (_step, before, now, y, dense) => {
      if (!dense) return true;
      if (!y.every(Number.isFinite)) throw failed();
      path.append(before, now, dense);
      lastStep = now - before;
      observe(path, before, now);
      return ++steps < segmentSteps;
    };
    solver.initialStepSize = Math.min(lastStep, until - from);
    solver.solve(rates, from, [...path.at(from)], until, append);
    if (path.end() === from) throw failed();
    return evaluations;

    function failed(): ConvergenceError {
      const reached = path.end();
      return new ConvergenceError(`the ${label} could not be integrated beyond t = ${reached}.`, {
        reached,
        advice: "The solution probably diverges there: lower the learning rate, or end the run before it.",
      });
    }
  };
}
