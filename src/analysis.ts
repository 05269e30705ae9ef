/** For analysis scripts: fits, exponents, statistics of curves, finite-size extrapolation, random streams. */
export {
  type CurveStatistic,
  type CurveStatisticOptions,
  curveStatistic,
  type Extrapolation,
  extrapolatedCurveStatistic,
  extrapolateSize,
  type SizedCurves,
  type SizedMean,
} from "./compare";
export { fitPowerLaw, localExponents, type PowerLaw } from "./numerics/power-law";
export { createStreams, type Stream, type Streams } from "./numerics/streams";
