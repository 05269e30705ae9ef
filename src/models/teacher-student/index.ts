/**
 * Teacher and student: their order parameters, Gaussian averages, drift, starts and specialisation. Where each equation of
 * docs/equations.md stands:
 *
 *   (TS.3) to (TS.6)  averages of erf units           createErfMoments; (TS.3) for every activation activationFunction
 *   (TS.7) to (TS.9)  drift of the order parameters   createDrift
 *   (TS.10)           generalisation error            createObserver
 *   (TS.11)           separation                      separationGauge
 */
export { activationFunction } from "./activation";
export { createDrift, type Drift } from "./drift";
export { createErfMoments, type ErfMoments } from "./erf-moments";
export { createLayout, createObserver, type Layout } from "./layout";
export {
  type Activation,
  checkOrderParameters,
  checkRegularStart,
  checkTeacherStudent,
  type OrderParameters,
  type TeacherStudent,
} from "./network";
export { SPECIALISED, separationGauge } from "./specialisation";
export { orderOfVectors, randomVectors, type StartVectors, vectorsOf } from "./start";
export { symmetryOf } from "./symmetry";
