export type { CurveStatistic, CurveStatisticOptions } from "./bootstrap";
export { type Comparison, compare, compareAsync, type QuantityComparison } from "./comparison";
export { curveStatistic } from "./curve";
export type { EventComparison } from "./events";
export type { Extrapolation, SizedCurves, SizedMean } from "./extrapolate";
export { extrapolatedCurveStatistic, extrapolateSize } from "./extrapolate";
