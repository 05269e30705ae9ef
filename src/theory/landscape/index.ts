/** Long times and ground states of Gaussian landscapes on the sphere, in terms of their covariance polynomial. */
export { groundStateLoss } from "./ground-state";
export { dynamicTemperature, ergodicityTemperature, plateau } from "./plateau";
export { type LossExponentInput, lossExponent, optimalExponent } from "./schedule-exponent";
export {
  effectiveTemperature,
  fdtViolation,
  thresholdLoss,
  thresholdLosses,
  thresholdMultiplier,
} from "./threshold";
