export type { CurveStatistic, CurveStatisticOptions } from "./bootstrap";
export { type Comparison, compare, type QuantityComparison } from "./comparison";
export { curveStatistic } from "./curve";
export type { Extrapolation, SizedCurves, SizedMean } from "./extrapolate";
export { extrapolatedCurveStatistic, extrapolateSize } from "./extrapolate";
