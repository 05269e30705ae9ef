import { floats } from "../core/check";
import { type CurveStatistic, type CurveStatisticOptions, weightedCurveStatistic } from "./bootstrap";

/**
 * The finite-system test of one curve: the largest |theory_k − mean_k|/SE_k over the points k, and its p-value by
 * a studentised bootstrap of the centred sample curves (`weightedCurveStatistic`). A theory passes at
 * p ≥ 0.001.
 * @param theory value at every point, @param curves one curve of the same points for each independent sample
 * @throws InvalidParameterError for lengths that differ, entries that are not finite, or fewer than 2 curves.
 */
export function curveStatistic(
  theory: Float64Array,
  curves: readonly Float64Array[],
  options: CurveStatisticOptions = {},
): CurveStatistic {
  floats("theory", theory);
  return weightedCurveStatistic(theory, [{ curves, coefficient: theory.map(() => 1) }], options);
}
