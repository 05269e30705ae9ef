/** For analysis scripts: fits, exponents and their drift, limits, fluctuation-dissipation ratios, statistics of curves, finite-size extrapolation, random streams. */
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
export { type AsymptoticFit, type AsymptoticFitOptions, fitAsymptote } from "./numerics/asymptotic-fit";
export { type DriftingExponent, driftingExponent } from "./numerics/drifting-exponent";
export { type FluctuationRatio, fluctuationRatio } from "./numerics/fluctuation-ratio";
export { fitPowerLaw, localExponents, type PowerLaw } from "./numerics/power-law";
export { createStreams, type Stream, type Streams } from "./numerics/streams";
