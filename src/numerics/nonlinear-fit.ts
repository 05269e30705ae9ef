import { integerAtLeast, positive } from "../core/check";
import { ConvergenceError, InvalidParameterError } from "../core/errors";
import { combine, leastSquares } from "./least-squares";

/** A weighted nonlinear least-squares fit. */
export interface NonlinearFit {
  readonly parameters: Float64Array;
  /** Σ ((y − f)/σ)². */
  readonly chiSquare: number;
  /** Of the parameters, for independent errors of the size of sigma. */
  readonly covariance: readonly Float64Array[];
}

/** Step of a central difference, in a parameter of order 1. */
const STEP = 1e-5;
const ITERATIONS = 200;
/** Damping beyond which no step can gain. */
const MOST_DAMPING = 1e12;

/**
 * Minimises Σ_i ((y_i − f_i(p))/σ_i)² by the method of Levenberg and Marquardt (J. SIAM 11, 431 (1963)), with central
 * differences; the parameters should be of order 1. Ends when a step gains less than `tolerance` of the sum.
 * @param model values at all points; a value that is not finite is only a step too far
 * @throws InvalidParameterError; ConvergenceError where it does not settle
 */
export function fitNonlinear(
  model: (parameters: Float64Array) => ArrayLike<number>,
  start: ArrayLike<number>,
  y: ArrayLike<number>,
  sigma: ArrayLike<number>,
  tolerance = 1e-10,
): NonlinearFit {
  const count = integerAtLeast("start.length", start.length, 1);
  const points = integerAtLeast("y.length", y.length, count);
  if (sigma.length !== points) throw new InvalidParameterError("sigma.length", sigma.length, `${points}`);
  for (let i = 0; i < points; i++) positive(`sigma[${i}]`, sigma[i]);
  let at: Float64Array = Float64Array.from(start);
  const distance = (values: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < points; i++) sum += ((y[i] - values[i]) / sigma[i]) ** 2;
    return Number.isFinite(sum) ? sum : Infinity;
  };
  let values = model(at);
  let chiSquare = distance(values);
  let damping = 1e-3;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const columns = slopes(model, at, points);
    for (;;) {
      const step = dampedStep(columns, y, values, sigma, damping);
      const there = at.map((value, j) => value + step[j]);
      const found = model(there);
      const next = distance(found);
      if (next <= chiSquare) {
        const gain = chiSquare - next;
        [at, values, chiSquare] = [there, found, next];
        damping = Math.max(1e-9, damping / 10);
        if (gain <= tolerance * chiSquare) return { parameters: at, chiSquare, covariance: spread() };
        break;
      }
      damping *= 10;
      if (damping > MOST_DAMPING) return { parameters: at, chiSquare, covariance: spread() };
    }
  }
  throw new ConvergenceError(`The fit did not settle in ${ITERATIONS} steps.`, {
    reached: ITERATIONS,
    advice: "Start nearer to the answer, or give more points.",
    partial: { parameters: at, chiSquare, covariance: spread() },
  });

  function spread(): readonly Float64Array[] {
    return leastSquares(slopes(model, at, points), sigma).covariance;
  }
}

function slopes(
  model: (parameters: Float64Array) => ArrayLike<number>,
  at: Float64Array,
  points: number,
): Float64Array[] {
  return Array.from(at, (_, j) => {
    const moved = (delta: number) => model(at.map((value, i) => (i === j ? value + delta : value)));
    const [up, down] = [moved(STEP), moved(-STEP)];
    return Float64Array.from({ length: points }, (_, i) => (up[i] - down[i]) / (2 * STEP));
  });
}

/** The step of least squares, with a row √damping·|column_j| for every parameter that holds it back. */
function dampedStep(
  columns: readonly Float64Array[],
  y: ArrayLike<number>,
  values: ArrayLike<number>,
  sigma: ArrayLike<number>,
  damping: number,
): Float64Array {
  const points = y.length;
  const extended = columns.map((column, j) => {
    const long = new Float64Array(points + columns.length);
    long.set(column);
    const norm = Math.hypot(...column.map((value, i) => value / sigma[i]));
    long[points + j] = Math.sqrt(damping) * norm;
    return long;
  });
  const sigmas = new Float64Array(points + columns.length).fill(1);
  for (let i = 0; i < points; i++) sigmas[i] = sigma[i];
  const residuals = new Float64Array(points + columns.length);
  for (let i = 0; i < points; i++) residuals[i] = y[i] - values[i];
  const { combination } = leastSquares(extended, sigmas);
  return Float64Array.from(combination, (weights) => combine(weights, residuals));
}
