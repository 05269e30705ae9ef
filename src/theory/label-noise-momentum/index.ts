/**
 * Closed forms of heavy-ball descent with label noise, by equation of docs/equations.md: (LN4), (LN9) linear.ts; (LN5), (LN6),
 * (LN8) spectrum.ts; (LN10) to (LN12) covariance.ts; (LN17) to (LN19) limit-map.ts; (LN23), (LN25) to (LN30) time-scales.ts; (LN31),
 * (LN32) origin.ts.
 */
export {
  lagOneCovariance,
  stationaryCovariance,
  stationaryModeCovariance,
  stationaryModesCovariance,
} from "./covariance";
export { limitMapFirst, limitMapSecond, noiseCoefficient } from "./limit-map";
export { type ModeCovariance, relaxedWeight, transientModeCovariance } from "./linear";
export { originDecayRate, originStabilityLimit, stationaryDecayRate } from "./origin";
export { type HeavyBallMode, heavyBallModes, type RelaxationSpectrum, relaxationSpectrum } from "./spectrum";
export {
  type SensingScales,
  sensingDriftTime,
  sensingPrefactor,
  timescaleExponent,
  type UvScales,
  uvControl,
  uvCriticalPrefactor,
  uvDriftTime,
  uvForceVariance,
  uvPrefactor,
} from "./time-scales";
