import { integerAtLeast, list } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import { combine, leastSquares } from "./least-squares";

/** y ~ x^exponent around a place, and how the exponent changes with x. */
export interface DriftingExponent {
  /** d ln y/d ln x at the last point. */
  readonly exponent: number;
  /** Its change by a decade of x. */
  readonly drift: number;
  /** Standard errors, from the scatter around the fit. */
  readonly exponentError: number;
  readonly driftError: number;
}

/**
 * The exponent of a decay that has not converged: a parabola in ln x and ln y through the points of the last `decades`. A drift
 * beyond its error says that the exponent is a local one.
 * @param x above 0, ascending. @param y above 0.
 * @throws InvalidParameterError for fewer than 4 such points, or numbers that are not above 0.
 */
export function driftingExponent(x: ArrayLike<number>, y: ArrayLike<number>, decades = 1): DriftingExponent {
  if (!(decades > 0)) throw new InvalidParameterError("decades", decades, "a number above 0");
  if (list("y", y).length !== list("x", x).length)
    throw new InvalidParameterError("y.length", y.length, `the ${x.length} of x`);
  const last = x[x.length - 1];
  const used = Array.from(x, (_, k) => k).filter((k) => x[k] >= last / 10 ** decades);
  integerAtLeast("x.length", used.length, 4);
  for (const k of used) {
    if (!(x[k] > 0)) throw new InvalidParameterError(`x[${k}]`, x[k], "a number above 0");
    if (!(y[k] > 0)) throw new InvalidParameterError(`y[${k}]`, y[k], "a number above 0");
  }
  // In decades before the last point, where the slope of the parabola is the exponent there.
  const behind = used.map((k) => Math.log10(x[k] / last));
  const lnY = used.map((k) => Math.log10(y[k]));
  const columns = [0, 1, 2].map((n) => behind.map((u) => u ** n));
  const { combination, covariance } = leastSquares(columns, new Float64Array(used.length).fill(1));
  const [level, slope, bend] = combination.map((weights) => combine(weights, lnY));
  const squares = lnY.reduce((sum, value, k) => {
    const u = behind[k];
    return sum + (value - level - slope * u - bend * u * u) ** 2;
  }, 0);
  const scatter = squares / (used.length - 3);
  return {
    exponent: slope,
    drift: 2 * bend,
    exponentError: Math.sqrt(scatter * covariance[1][1]),
    driftError: 2 * Math.sqrt(scatter * covariance[2][2]),
  };
}
