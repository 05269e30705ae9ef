import { integerAtLeast, list, positive } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import { combine, leastSquares } from "./least-squares";

/** How y approaches its limit: y = c0 + c1 x^−power + c2 x^−2power + … */
export interface AsymptoticFit {
  /** c0, c1, … of all terms. */
  readonly coefficients: Float64Array;
  /** c0, the value at x = ∞, and its error. */
  readonly limit: number;
  readonly limitError: number;
  /** The fitted curve at an x, and its error: what the last term makes of it. */
  at(x: number): { readonly value: number; readonly error: number };
}

/** What is fitted. */
export interface AsymptoticFitOptions {
  /** Power of the leading correction; 1/3 for the aging of the spherical p-spin model at T = 0. */
  readonly power?: number;
  /** Number of terms, the constant included; default 4. */
  readonly terms?: number;
  /** Points from the largest x over this on are fitted; default 100. */
  readonly range?: number;
}

/**
 * Fits y(x) = Σ c_k x^(−k·power) over the last decades of x by least squares, and states as the error of whatever is read off
 * the change by the last of the terms. For C(s, s/2) and the amplitude (z_th − z) s^⅔ of the spherical p-spin model at T = 0,
 * fitted up to s ≥ 10⁵, it bounds the true error up to s = 10⁸ (p = 3).
 * @param x above 0, in any order. @param y as many.
 * @throws InvalidParameterError for fewer points than terms, or numbers that are not finite.
 */
export function fitAsymptote(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { power = 1 / 3, terms = 4, range = 100 }: AsymptoticFitOptions = {},
): AsymptoticFit {
  positive("power", power);
  integerAtLeast("terms", terms, 2);
  if (!(range > 1)) throw new InvalidParameterError("range", range, "a number above 1");
  if (list("y", y).length !== list("x", x).length)
    throw new InvalidParameterError("y.length", y.length, `the ${x.length} of x`);
  const points = Array.from(x, (value, k) => ({ x: positive(`x[${k}]`, value), y: y[k], k }));
  const largest = points.reduce((most, point) => Math.max(most, point.x), 0);
  const used = points.filter((point) => point.x >= (largest / range) * (1 - 1e-12));
  if (used.length < terms) {
    const allowed = `at least ${terms} points from ${(largest / range).toPrecision(3)} to ${largest}`;
    throw new InvalidParameterError("x.length", used.length, allowed);
  }
  for (const point of used) {
    if (!Number.isFinite(point.y))
      throw new InvalidParameterError(`y[${point.k}]`, point.y, "a finite number");
  }
  // In units of the last point the columns are of one size.
  const unit = largest ** -power;
  const variable = (at: number) => (at / largest) ** -power;
  const values = used.map((point) => point.y);
  const coefficientsOf = (count: number) => {
    const columns = Array.from({ length: count }, (_, n) => used.map((point) => variable(point.x) ** n));
    const { combination } = leastSquares(columns, new Float64Array(used.length).fill(1));
    return combination.map((weights) => combine(weights, values));
  };
  const [all, fewer] = [coefficientsOf(terms), coefficientsOf(terms - 1)];
  const at = (u: number) => {
    const value = horner(all, u);
    return { value, error: Math.abs(value - horner(fewer, u)) };
  };
  return {
    coefficients: Float64Array.from(all, (c, n) => c * unit ** -n),
    limit: at(0).value,
    limitError: at(0).error,
    at: (place) => at(variable(positive("x", place))),
  };
}

const horner = (coefficients: readonly number[], u: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * u + coefficient, 0);
