import { integerAtLeast, list, positive, record } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import { combine, leastSquares } from "../numerics/least-squares";
import { meanCurve } from "../numerics/statistics";
import { type CurveStatistic, type CurveStatisticOptions, weightedCurveStatistic } from "./bootstrap";

/** Mean curve of one system size with its standard error. */
export interface SizedMean {
  readonly size: number;
  readonly mean: Float64Array;
  readonly standardError: Float64Array;
}

/** Sample curves of one system size. */
export interface SizedCurves {
  readonly size: number;
  readonly curves: readonly Float64Array[];
}

/** The limit of infinite size at every point. */
export interface Extrapolation {
  readonly mean: Float64Array;
  readonly standardError: Float64Array;
  /** coefficients[g][k]: mean_k = Σ_g coefficients[g][k] · (mean of size g at k). */
  readonly coefficients: readonly Float64Array[];
}

/**
 * Extrapolates to infinite size N: at every point, weighted least squares of mean = a₀ + a₁/N + … + a_order/N^order
 * with weights 1/SE², of which a₀ and its standard error are returned. Where a standard error is 0 (all samples
 * equal) the sizes weigh alike.
 * @param ensembles independent ensembles of different sizes, more than `order`
 * @param order highest power of 1/N, default 1
 * @throws InvalidParameterError for too few different sizes, or curves of different lengths.
 */
export function extrapolateSize(ensembles: readonly (SizedMean | SizedCurves)[], order = 1): Extrapolation {
  integerAtLeast("order", order, 0);
  integerAtLeast("ensembles.length", list("ensembles", ensembles).length, order + 1);
  for (const [g, group] of ensembles.entries()) record(`ensembles[${g}]`, group);
  const groups = ensembles.map((group, g) => ({
    size: positive(`ensembles[${g}].size`, group.size),
    ...("curves" in group ? meanCurve(group.curves) : group),
  }));
  if (new Set(groups.map((group) => group.size)).size <= order) {
    throw new InvalidParameterError(
      "ensembles",
      groups.map((group) => group.size),
      `${order + 1} different sizes`,
    );
  }
  const points = groups[0].mean.length;
  for (const [g, { mean, standardError }] of groups.entries()) {
    for (const values of [mean, standardError]) {
      if (values.length !== points) {
        throw new InvalidParameterError(
          `ensembles[${g}] length`,
          values.length,
          `the ${points} of the first`,
        );
      }
    }
  }
  // Powers of (smallest size)/N: the intercept is the same, the columns are of one magnitude.
  const smallest = Math.min(...groups.map((group) => group.size));
  const columns = Array.from({ length: order + 1 }, (_, power) =>
    groups.map((group) => (smallest / group.size) ** power),
  );
  const result = { mean: new Float64Array(points), standardError: new Float64Array(points) };
  const coefficients = groups.map(() => new Float64Array(points));
  for (let k = 0; k < points; k++) {
    const errors = groups.map((group) => group.standardError[k]);
    const sigma = errors.every((error) => error > 0) ? errors : errors.map(() => 1);
    const weights = leastSquares(columns, sigma).combination[0];
    for (let g = 0; g < groups.length; g++) coefficients[g][k] = weights[g];
    result.mean[k] = combine(
      weights,
      groups.map((group) => group.mean[k]),
    );
    result.standardError[k] = Math.hypot(...errors.map((error, g) => weights[g] * error));
  }
  return { ...result, coefficients };
}

/**
 * The finite-system test against the limit of infinite size: the statistic of {@link curveStatistic} with the
 * extrapolated mean, |theory − Σ_g c_g mean_g|/√(Σ_g c_g² SE_g²). The coefficients c_g are those of
 * {@link extrapolateSize} and stay fixed in the bootstrap, which draws within each size.
 * @throws InvalidParameterError as extrapolateSize and curveStatistic do.
 */
export function extrapolatedCurveStatistic(
  theory: Float64Array,
  groups: readonly SizedCurves[],
  options: CurveStatisticOptions & { readonly order?: number } = {},
): CurveStatistic {
  const { coefficients } = extrapolateSize(groups, options.order);
  return weightedCurveStatistic(
    theory,
    groups.map((group, g) => ({ curves: group.curves, coefficient: coefficients[g] })),
    options,
  );
}
