/**
 * The quadratic network: its parameters, order parameters, their moments, starts and exits. Where each equation of
 * docs/equations.md stands:
 *
 *   (Q.4)           excess risk                excessRisk
 *   (Q.5)           Gaussian moments           createMoments
 *   (Q.6) to (Q.9)  drift, on the sphere too   createDrift, projectOnSphere
 */
export { createDrift, type Drift, projectOnSphere, secondLayerFactor } from "./drift";
export { type ExitGauge, type ExitRule, exitGauge } from "./exit";
export { createLayout, diagonal, excessRisk, observeInto, packState, quantityNames } from "./layout";
export { createMoments } from "./moments";
export {
  checkNetwork,
  checkState,
  type NetworkState,
  type QuadraticNetwork,
  quadraticNetwork,
  requireDimension,
} from "./network";
export {
  checkStart,
  type Frame,
  frameOfState,
  isGiven,
  type NetworkStart,
  secondLayerOf,
  startFrame,
  startState,
} from "./start";
