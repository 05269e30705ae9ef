import { ConvergenceError } from "../core/errors";
import { createPacer, type Options } from "../core/options";
import { findRoot } from "../numerics/roots";
import { createPath, type Path } from "./path";
import { createAdvance, type Equations } from "./segments";

/** An initial-value problem dy/dt = f(t, y), and an event to look for. */
export interface InitialValueProblem extends Equations {
  readonly start: ArrayLike<number>;
  readonly until: number;
  /** An event: the first time this turns from positive to zero or negative. The integration goes on after it. */
  readonly event?: (y: ArrayLike<number>) => number;
  /** Whether f depends on t: an event beyond `until` is then looked for without asking whether all is at rest. */
  readonly timeDependent?: boolean;
}

/** How the search for an event ended: with it, or without it and why it was not followed further. */
export type SearchEnd = "event" | "rest" | "divergence" | "horizon" | "stopped";

/** Where an event was looked for. */
export interface EventSearch {
  /** When it came; Infinity where it did not. */
  readonly time: number;
  /**
   * Without the event: "rest", all rates vanish and the event never comes; "divergence", the solution leaves all
   * bounds before it; "horizon", it has not come so far; "stopped", the integration failed or was interrupted.
   */
  readonly end: SearchEnd;
  /** Up to which time it was looked for. */
  readonly until: number;
}

/** A path, and the search for the event; without an event "stopped" at 0. */
export interface IntegratedPath {
  readonly path: Path;
  readonly event: EventSearch;
}

const MOST_SEGMENTS = 2000;
/** Evaluations of the derivative times size^1.5, about their cost, that following an event may take: a few seconds. */
const MOST_WORK = 3e7;

/**
 * Integrates by odex with dense output; between steps the path is the solver's own interpolation polynomial. An event
 * that has not come by `until` is followed beyond it, without keeping the path, until it comes or all rates vanish,
 * but not beyond {@link horizonOf}, nor for more than some seconds of work.
 * @throws ConvergenceError where the solution leaves all bounds or the steps become too small before `until`;
 *   InterruptedError after an abort. Both with the path so far as `partial` ({@link IntegratedPath}).
 */
export async function integrate(
  problem: InitialValueProblem,
  options: Options = {},
): Promise<IntegratedPath> {
  const { label, start, until, event, timeDependent = false } = problem;
  const path = createPath(start);
  let eventTime = event && event(start) <= 0 ? 0 : Infinity;
  const whole = (end: SearchEnd = "stopped", searched = path.end()): IntegratedPath => ({
    path,
    event:
      eventTime < Infinity
        ? { time: eventTime, end: "event", until: eventTime }
        : { time: Infinity, end, until: searched },
  });
  const pacer = createPacer(label, until, options, () => whole());
  // An abort is noticed before the first step, which takes seconds where the derivative is a sum over many units.
  await pacer.pause(0);
  const advance = await createAdvance(problem, start.length, (piece, before, now) => {
    if (event && eventTime === Infinity) eventTime = locate(event, piece, before, now);
  });

  // The last step of odex may end a rounding error before the end.
  for (let segment = 0; until - path.end() > 1e-14 * until; segment++) {
    if (segment === MOST_SEGMENTS) throw tooManySteps(label, path.end()).withPartial(whole());
    try {
      advance(path, until);
    } catch (error) {
      throw error instanceof ConvergenceError ? error.withPartial(whole()) : error;
    }
    if (pacer.due()) await pacer.pause(path.end());
  }
  if (!event || eventTime < Infinity) return whole();
  return follow();

  async function follow(): Promise<IntegratedPath> {
    const horizon = horizonOf(until);
    const pace = createPacer(`${label} beyond t = ${until}`, horizon, options, () => whole());
    let piece = createPath(path.at(until), path.end());
    let work = 0;
    let stillBefore = false;
    for (;;) {
      const y = piece.at(piece.end());
      const still = !timeDependent && isStill(problem, y);
      const atHorizon = horizon - piece.end() <= 1e-14 * horizon;
      if (still && (stillBefore || atHorizon)) return whole("rest", piece.end());
      if (atHorizon || work > MOST_WORK) return whole("horizon", piece.end());
      stillBefore = still;
      piece = createPath(y, piece.end());
      try {
        work += advance(piece, horizon) * y.length ** 1.5;
      } catch (error) {
        if (error instanceof ConvergenceError) return whole("divergence", error.details.reached);
        throw error;
      }
      if (eventTime < Infinity) return whole();
      if (pace.due()) await pace.pause(piece.end());
    }
  }
}

/** Time up to which an event is followed that has not come by `until`. */
export const horizonOf = (until: number): number => Math.max(100 * until, 1000);

/** Relative rate below which a component counts as still, and size below which a shrinking one counts as gone. */
const STILL = 1e-8;
const GONE = 1e-8;

/**
 * Whether every component stands still, or is next to nothing and shrinks. A small component that grows, as an
 * overlap does on its plateau, is not still, however slow it is in absolute terms; one that is exactly 0 and stays so is.
 * Close to an unstable point this is true for a moment only: two checks, one segment apart, tell.
 */
function isStill({ derivative }: Equations, y: Float64Array): boolean {
  const rate = new Float64Array(y.length);
  derivative(0, Array.from(y), rate);
  return y.every(
    (value, i) =>
      Math.abs(rate[i]) <= STILL * Math.abs(value) || (Math.abs(value) <= GONE && rate[i] * value <= 0),
  );
}

function tooManySteps(label: string, reached: number): ConvergenceError {
  return new ConvergenceError(`the ${label} take too many steps beyond t = ${reached}.`, {
    reached,
    advice: "Loosen the tolerance, lower the learning rate, or end the run before it.",
  });
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
