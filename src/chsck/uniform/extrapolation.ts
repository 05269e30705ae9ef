import type { Estimate } from "../../core/results";

/**
 * Richardson extrapolation from steps h, h/2, h/4 (coarse to fine) of a quantity with error c₂h² + c₄h⁴ + … (T.11).
 * The error is the last correction, in which the h⁴ term was removed: an upper estimate for what remains. One
 * value alone is returned as it is, its error unknown.
 */
export function extrapolate(values: readonly number[]): Estimate {
  if (values.length === 1) return { value: values[0] };
  const [coarse, middle, fine] = values;
  const first = middle + (middle - coarse) / 3;
  const second = fine + (fine - middle) / 3;
  const value = second + (second - first) / 15;
  return { value, error: Math.abs(value - second) };
}
