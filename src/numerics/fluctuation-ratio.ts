import { integerAtLeast, nonNegative } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import { combine, leastSquares } from "./least-squares";

/** The fluctuation-dissipation ratio of a part of the parametric plot of χ against C. */
export interface FluctuationRatio {
  /** x = −T dχ/dC: 1 in equilibrium, 0 at T = 0. */
  readonly ratio: number;
  /** −dχ/dC, the inverse of the effective temperature, which aging leaves finite at T = 0. */
  readonly inverseTemperature: number;
  /** Standard errors of the two, from the scatter around the line. */
  readonly ratioError: number;
  readonly inverseTemperatureError: number;
}

/**
 * Measures x = −T dχ/dC by a straight line through the points (C(t, t′), χ(t, t′)) of one t whose correlation is between two
 * values: below the plateau for the aging part, where the prediction is `fdtViolation`; above it for the part in equilibrium,
 * where x = 1.
 * @param temperature T_eff = Tη at t.
 * @param between the least and the largest C to take.
 * @throws InvalidParameterError for fewer than 3 such points.
 */
export function fluctuationRatio(
  correlation: ArrayLike<number>,
  integratedResponse: ArrayLike<number>,
  temperature: number,
  between: readonly [number, number],
): FluctuationRatio {
  nonNegative("temperature", temperature);
  if (integratedResponse.length !== correlation.length) {
    const allowed = `the ${correlation.length} of correlation`;
    throw new InvalidParameterError("integratedResponse.length", integratedResponse.length, allowed);
  }
  const [low, high] = between;
  const used = Array.from(correlation, (_, k) => k).filter(
    (k) => correlation[k] >= low && correlation[k] <= high && Number.isFinite(integratedResponse[k]),
  );
  integerAtLeast("correlation.length", used.length, 3);
  const middle = (low + high) / 2;
  const columns = [used.map(() => 1), used.map((k) => correlation[k] - middle)];
  const { combination, covariance } = leastSquares(columns, new Float64Array(used.length).fill(1));
  const values = used.map((k) => integratedResponse[k]);
  const [level, slope] = combination.map((weights) => combine(weights, values));
  const squares = values.reduce((sum, value, k) => sum + (value - level - slope * columns[1][k]) ** 2, 0);
  const error = Math.sqrt((squares / (used.length - 2)) * covariance[1][1]);
  return {
    ratio: -temperature * slope,
    inverseTemperature: -slope,
    ratioError: temperature * error,
    inverseTemperatureError: error,
  };
}
