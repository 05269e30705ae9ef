import { leastSquares } from "../numerics/least-squares";
import { mean, variance } from "../numerics/statistics";
import type { SampleCurves } from "./ensemble";

/** Spread, relative to the value, below which a start is the same for all samples. */
const SAME = 1e-9;

/**
 * Reduces the variance of the means by a linear regression of every value on the samples' values at t = 0 whose means
 * are known: y_i = b0 + Σ_j b_j (x_ij − E x_j) + r_i. The curves that come back are b0 + f r_i, whose mean b0 is the
 * estimate; f > 1 makes the spread of their mean its standard error, √(Σr²/(n − p − 1) · [(XᵀX)⁻¹]_00), with the price of p
 * coefficients. Fractions and events are left as they are, and too few samples too.
 * @param expected the means E x_j, by name; the samples' `start` has the x_ij
 */
export function regressOnStart(
  samples: readonly SampleCurves[],
  expected: Readonly<Record<string, number>>,
): readonly SampleCurves[] {
  const columns = Object.entries(expected)
    .map(([name, centre]) => Float64Array.from(samples, ({ start }) => start![name] - centre))
    .filter((column, j) => samples.length > 1 && varies(column, Object.values(expected)[j]));
  const count = samples.length;
  const freedom = count - columns.length - 1;
  if (freedom < 2 || columns.length === 0) return samples;
  const design = [new Float64Array(count).fill(1), ...columns];
  const { combination, covariance } = leastSquares(design, new Float64Array(count).fill(1));
  const widening = Math.sqrt((count * (count - 1) * covariance[0][0]) / freedom);

  const adjust = (curves: readonly Float64Array[]): Float64Array[] => {
    const adjusted = curves.map((curve) => new Float64Array(curve.length));
    for (let k = 0; k < curves[0].length; k++) {
      const coefficients = combination.map((weights) =>
        curves.reduce((sum, curve, i) => sum + weights[i] * curve[k], 0),
      );
      for (let i = 0; i < count; i++) {
        const fitted = coefficients.reduce((sum, b, j) => sum + b * design[j][i], 0);
        adjusted[i][k] = coefficients[0] + widening * (curves[i][k] - fitted);
      }
    }
    return adjusted;
  };
  const adjustAll = (records: readonly Readonly<Record<string, Float64Array>>[]) => {
    const adjusted: Record<string, Float64Array>[] = records.map(() => ({}));
    for (const name of Object.keys(records[0])) {
      for (const [i, curve] of adjust(records.map((record) => record[name])).entries())
        adjusted[i][name] = curve;
    }
    return adjusted;
  };
  const series = adjustAll(samples.map((sample) => sample.series));
  const twoTime = samples[0].twoTime && adjustAll(samples.map((sample) => sample.twoTime!));
  return samples.map((sample, i) => ({
    ...sample,
    series: series[i],
    ...(twoTime && { twoTime: twoTime[i] }),
  }));
}

function varies(column: Float64Array, centre: number): boolean {
  return Math.sqrt(variance(column)) > SAME * (Math.abs(centre) + Math.abs(mean(column)));
}
