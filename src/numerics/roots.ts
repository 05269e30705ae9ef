import { finite, positive } from "../core/check";
import { ConvergenceError, InvalidParameterError } from "../core/errors";
import { evaluate } from "./evaluate";

const ITERATIONS = 500;

/**
 * A root of `f` between `low` and `high` by Brent's method (Algorithms for Minimization without Derivatives,
 * 1973, ch. 4): inverse quadratic interpolation, kept safe by bisection. A value f = ±Infinity counts by its sign.
 * @param options.tolerance relative error of the root besides rounding, default 1e-14; a root at zero is found to
 * `tolerance` · 1e-14 of the larger end.
 * @throws InvalidParameterError unless low ≤ high are finite and the tolerance is above 0.
 * @throws ConvergenceError when f has the same sign at both ends, or is NaN somewhere.
 */
export function findRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  options: { readonly tolerance?: number } = {},
): number {
  const tolerance = positive("tolerance", options.tolerance ?? 1e-14);
  checkInterval(low, high);
  const floor = 0.5e-14 * tolerance * Math.max(Math.abs(low), Math.abs(high));
  // best is the current estimate, other the end of the bracket with the opposite sign, previous the last best.
  let previous = low;
  let fPrevious = evaluate(f, low);
  let best = high;
  let fBest = evaluate(f, high);
  if (fPrevious === 0) return low;
  if (fBest === 0) return high;
  if (fPrevious > 0 === fBest > 0) throw noBracket(low, high, fPrevious, fBest);
  let other = previous;
  let fOther = fPrevious;
  let step = best - previous;
  let lastStep = step;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    if (fBest > 0 === fOther > 0) {
      other = previous;
      fOther = fPrevious;
      step = lastStep = best - previous;
    }
    if (Math.abs(fOther) < Math.abs(fBest)) {
      previous = best;
      fPrevious = fBest;
      best = other;
      fBest = fOther;
      other = previous;
      fOther = fPrevious;
    }
    const near = (2 * Number.EPSILON + 0.5 * tolerance) * Math.abs(best) + floor;
    const half = 0.5 * (other - best);
    if (Math.abs(half) <= near || fBest === 0) return best;

    const trial = secantOrQuadratic(previous, fPrevious, best, fBest, other, fOther);
    // Interpolation is trusted while it stays well inside the bracket and shrinks the step before last.
    const trusted =
      Math.abs(lastStep) >= near &&
      Math.abs(fPrevious) > Math.abs(fBest) &&
      trial / half > 0 &&
      Math.abs(trial) < Math.min(1.5 * Math.abs(half) - 0.5 * near, 0.5 * Math.abs(lastStep));
    lastStep = trusted ? step : half;
    step = trusted ? trial : half;
    previous = best;
    fPrevious = fBest;
    best += Math.abs(step) > near ? step : Math.sign(half) * near;
    fBest = evaluate(f, best);
  }
  throw new ConvergenceError(`no root of relative accuracy ${tolerance} after ${ITERATIONS} steps.`, {
    reached: best,
    advice: "Give a narrower interval or a larger tolerance.",
    partial: best,
  });
}

/** Step from `best` to the root of the line through two points, or of the inverse parabola through three. */
function secantOrQuadratic(a: number, fa: number, b: number, fb: number, c: number, fc: number): number {
  const s = fb / fa;
  if (a === c) return ((c - b) * s) / (s - 1);
  const q = fa / fc;
  const r = fb / fc;
  return (-s * ((c - b) * q * (q - r) - (b - a) * (r - 1))) / ((q - 1) * (r - 1) * (s - 1));
}

function noBracket(low: number, high: number, fLow: number, fHigh: number): ConvergenceError {
  return new ConvergenceError(`no sign change between ${low} (value ${fLow}) and ${high} (value ${fHigh}).`, {
    reached: low,
    advice: "Give an interval with a root inside.",
  });
}

function checkInterval(low: number, high: number): void {
  finite("low", low);
  finite("high", high);
  if (!(low <= high)) throw new InvalidParameterError("high", high, `a number of at least low = ${low}`);
}
