import { integerAtLeast } from "../core/check";
import { InvalidParameterError } from "../core/errors";

/**
 * Arithmetic mean. Summed as distances from the first value, so that equal values give exactly that value.
 * @throws InvalidParameterError for no values.
 */
export function mean(values: ArrayLike<number>): number {
  integerAtLeast("values.length", values.length, 1);
  const first = values[0];
  let sum = 0;
  for (let i = 1; i < values.length; i++) sum += values[i] - first;
  return first + sum / values.length;
}

/**
 * Unbiased variance Σ (x − mean)²/(n − 1).
 * @throws InvalidParameterError for fewer than 2 values.
 */
export function variance(values: ArrayLike<number>): number {
  integerAtLeast("values.length", values.length, 2);
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2;
  return sum / (values.length - 1);
}

/**
 * Standard error of the mean of independent values, √(variance/n).
 * @throws InvalidParameterError for fewer than 2 values.
 */
export function standardError(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values) / values.length);
}

/**
 * Median; with an even number of values the mean of the two in the middle, which may be Infinity.
 * @throws InvalidParameterError for no values.
 */
export function median(values: ArrayLike<number>): number {
  integerAtLeast("values.length", values.length, 1);
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * Standard error of the median of n independent values: half the distance of the values whose ranks are √n/2, one standard
 * deviation of the number of values below the true median, above and below the middle. Infinity for one value.
 * @throws InvalidParameterError for no values.
 */
export function medianError(values: ArrayLike<number>): number {
  const count = integerAtLeast("values.length", values.length, 1);
  if (count === 1) return Infinity;
  const sorted = Float64Array.from(values).sort();
  const low = Math.floor((count - Math.sqrt(count)) / 2);
  const [below, above] = [sorted[low], sorted[count - 1 - low]];
  return below === above ? 0 : (above - below) / 2;
}

/**
 * Standard error of a fraction of `count` independent trials: half the width of Wilson's interval of one standard deviation
 * (J. Am. Stat. Assoc. 22, 209 (1927)), √(f(1 − f)/n + 1/(4n²))/(1 + 1/n); not 0 where none or all succeed.
 */
export function fractionError(fraction: number, count: number): number {
  return Math.sqrt((fraction * (1 - fraction)) / count + 0.25 / count ** 2) / (1 + 1 / count);
}

/**
 * Mean and standard error at every point of independent sample curves of one length.
 * @throws InvalidParameterError for fewer than 2 curves, or curves of different lengths.
 */
export function meanCurve(curves: readonly ArrayLike<number>[]): {
  readonly mean: Float64Array;
  readonly standardError: Float64Array;
} {
  integerAtLeast("curves.length", curves.length, 2);
  const length = curves[0].length;
  for (const [sample, curve] of curves.entries()) {
    if (curve.length !== length) {
      throw new InvalidParameterError(`curves[${sample}].length`, curve.length, `the ${length} of the first`);
    }
  }
  const column = new Float64Array(curves.length);
  const result = { mean: new Float64Array(length), standardError: new Float64Array(length) };
  for (let k = 0; k < length; k++) {
    for (let sample = 0; sample < curves.length; sample++) column[sample] = curves[sample][k];
    result.mean[k] = mean(column);
    result.standardError[k] = standardError(column);
  }
  return result;
}
