/**
 * Long times and ground states of Gaussian landscapes on the sphere, in terms of their covariance polynomial. Where each
 * equation of docs/equations.md stands:
 *
 *   (S.1)            plateau                          plateau
 *   (S.2)            multiplier                       thresholdMultiplier
 *   (S.3)            violation                        fdtViolation, effectiveTemperature (T/x)
 *   (S.4), (S.5)     losses of the aging state        thresholdLosses, thresholdLoss
 *   (S.6)            transitions                      dynamicTemperature, ergodicityTemperature
 *   (S.7)            exponents under a schedule       lossExponent, optimalExponent, relaxationExponent
 *   (S.8) to (S.10)  ground state                     groundStateLoss
 */
export { groundStateLoss } from "./ground-state";
export { dynamicTemperature, ergodicityTemperature, plateau } from "./plateau";
export {
  type LossExponentInput,
  lossExponent,
  optimalExponent,
  relaxationExponent,
} from "./schedule-exponent";
export {
  effectiveTemperature,
  fdtViolation,
  thresholdLoss,
  thresholdLosses,
  thresholdMultiplier,
} from "./threshold";
