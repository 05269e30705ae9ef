import { integerAtLeast, list } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import { lagrangeDerivativeWeights } from "./lagrange";
import { combine, leastSquares } from "./least-squares";

/** The fit y = amplitude · x^exponent. */
export interface PowerLaw {
  readonly exponent: number;
  readonly amplitude: number;
  /** Standard errors. */
  readonly exponentError: number;
  readonly amplitudeError: number;
  /** Root mean square of ln y − ln(fit). */
  readonly residual: number;
}

/**
 * Fits y = amplitude · x^exponent by least squares in ln x and ln y.
 * @param sigma standard errors of y (independent points); ln y then has the error sigma/y. Without it all
 * points of ln y count alike and the errors come from the scatter around the line.
 * @throws InvalidParameterError unless x, y and sigma are positive and of one length, for fewer than 3 points
 * (2 with sigma), and when all x are equal.
 */
export function fitPowerLaw(x: ArrayLike<number>, y: ArrayLike<number>, sigma?: ArrayLike<number>): PowerLaw {
  const points = integerAtLeast("x.length", list("x", x).length, sigma ? 2 : 3);
  const lnX = logarithms("x", x, points);
  const lnY = logarithms("y", y, points);
  if (sigma) logarithms("sigma", sigma, points);
  const errors = Float64Array.from({ length: points }, (_, i) => (sigma ? sigma[i] / y[i] : 1));
  // With ln x counted from its middle, constant and slope are nearly independent columns.
  const centre = (lnX[0] + lnX[points - 1]) / 2;
  const shifted = lnX.map((value) => value - centre);
  const fit = leastSquares([new Float64Array(points).fill(1), shifted], errors);
  const [level, exponent] = fit.combination.map((weights) => combine(weights, lnY));

  let squares = 0;
  for (let i = 0; i < points; i++) squares += (lnY[i] - level - exponent * shifted[i]) ** 2;
  const scatter = sigma ? 1 : squares / (points - 2);
  const [[levelVariance, mixed], [, slopeVariance]] = fit.covariance;
  const amplitude = Math.exp(level - exponent * centre);
  const interceptVariance = levelVariance - 2 * centre * mixed + centre * centre * slopeVariance;
  return {
    exponent,
    amplitude,
    exponentError: Math.sqrt(scatter * slopeVariance),
    amplitudeError: amplitude * Math.sqrt(scatter * interceptVariance),
    residual: Math.sqrt(squares / points),
  };
}

/**
 * Local exponents d ln y/d ln x at the nodes: the slope of the parabola through a node and its neighbours in
 * ln x and ln y (at the ends through the three nearest nodes). A decay has negative exponents. Exact for
 * y = a · x^(b + c ln x); the error is second order in the spacing of ln x.
 * @throws InvalidParameterError unless x ascends, x and y are positive and of one length, at least 3.
 */
export function localExponents(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const points = integerAtLeast("x.length", list("x", x).length, 3);
  const lnX = logarithms("x", x, points);
  const lnY = logarithms("y", y, points);
  for (let i = 1; i < points; i++) {
    if (!(x[i] > x[i - 1])) throw new InvalidParameterError(`x[${i}]`, x[i], "ascending values");
  }
  const weights = new Float64Array(3);
  return lnX.map((position, i) => {
    const start = Math.max(0, Math.min(i - 1, points - 3));
    lagrangeDerivativeWeights(lnX, start, 3, position, weights);
    return combine(weights, lnY.subarray(start, start + 3));
  });
}

function logarithms(parameter: string, values: ArrayLike<number>, length: number): Float64Array {
  if (list(parameter, values).length !== length) {
    throw new InvalidParameterError(`${parameter}.length`, values.length, `the ${length} of x`);
  }
  return Float64Array.from(values, (value, i) => {
    if (!(value > 0 && value < Infinity)) {
      throw new InvalidParameterError(`${parameter}[${i}]`, value, "a finite number above 0");
    }
    return Math.log(value);
  });
}
