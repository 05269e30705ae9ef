import { finite, positive } from "../core/check";
import { ConvergenceError, InvalidParameterError } from "../core/errors";
import { evaluate } from "./evaluate";

const GOLDEN = (3 - Math.sqrt(5)) / 2;
const ITERATIONS = 500;

interface MinimumOptions {
  readonly tolerance?: number;
}

interface Minimum {
  readonly x: number;
  readonly value: number;
}

/**
 * A local minimum of `f` inside [low, high] by Brent's method (Algorithms for Minimization without Derivatives,
 * 1973, ch. 5): golden sections, sped up by parabolas. The global one when f has a single minimum there. The ends
 * themselves are approached, never evaluated.
 * @param options.tolerance of x, relative to max(|x|, 1e-3 (high − low)); default 1e-8, about the best a minimum allows.
 * @throws InvalidParameterError unless low < high are finite and the tolerance is above 0.
 * @throws ConvergenceError when f is NaN somewhere.
 */
export function brentMinimum(
  f: (x: number) => number,
  low: number,
  high: number,
  options: MinimumOptions = {},
): Minimum {
  const search = minimumSearch(low, high, options);
  let step = search.next();
  while (!step.done) step = search.next(evaluate(f, step.value));
  return step.value;
}

/**
 * {@link goldenMinimum} turned inside out, for values that take long: yields where it wants the function and is given the
 * value there, which must not be NaN.
 */
export function* minimumSearch(
  low: number,
  high: number,
  options: MinimumOptions = {},
): Generator<number, Minimum, number> {
  const tolerance = positive("tolerance", options.tolerance ?? 1e-8);
  finite("low", low);
  if (!(finite("high", high) > low))
    throw new InvalidParameterError("high", high, `a number above low = ${low}`);
  const scale = 1e-3 * (high - low);
  let [left, right] = [low, high];
  let best = left + GOLDEN * (right - left);
  let second = best;
  let third = best;
  let fBest = yield best;
  let fSecond = fBest;
  let fThird = fBest;
  let step = 0;
  let lastStep = 0;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const middle = 0.5 * (left + right);
    const near = tolerance * Math.max(Math.abs(best), scale) + Number.EPSILON * Math.abs(best);
    if (Math.abs(best - middle) <= 2 * near - 0.5 * (right - left)) return { x: best, value: fBest };

    const trial = parabolaStep(best, fBest, second, fSecond, third, fThird);
    const target = best + trial;
    // NaN (no parabola) fails these comparisons and falls through to the golden section.
    if (
      Math.abs(lastStep) > near &&
      Math.abs(trial) < 0.5 * Math.abs(lastStep) &&
      target > left &&
      target < right
    ) {
      lastStep = step;
      const tooNear = target - left < 2 * near || right - target < 2 * near;
      step = tooNear ? near * (middle >= best ? 1 : -1) : trial;
    } else {
      lastStep = (best < middle ? right : left) - best;
      step = GOLDEN * lastStep;
    }
    const x = best + (Math.abs(step) >= near ? step : near * (step > 0 ? 1 : -1));
    const fx = yield x;

    if (fx <= fBest) {
      if (x < best) right = best;
      else left = best;
      [third, second, best] = [second, best, x];
      [fThird, fSecond, fBest] = [fSecond, fBest, fx];
    } else {
      if (x < best) left = x;
      else right = x;
      if (fx <= fSecond || second === best) {
        [third, second] = [second, x];
        [fThird, fSecond] = [fSecond, fx];
      } else if (fx <= fThird || third === best || third === second) {
        third = x;
        fThird = fx;
      }
    }
  }
  throw new ConvergenceError(`no minimum of accuracy ${tolerance} after ${ITERATIONS} steps.`, {
    reached: best,
    advice: "Give a larger tolerance.",
    partial: { x: best, value: fBest },
  });
}

/** Step from x to the vertex of the parabola through three points; NaN or ±Infinity where there is none. */
function parabolaStep(x: number, fx: number, w: number, fw: number, v: number, fv: number): number {
  const r = (x - w) * (fx - fv);
  const q = (x - v) * (fx - fw);
  return -(((x - v) * q - (x - w) * r) / (2 * (q - r)));
}
