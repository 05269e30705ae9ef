/**
 * Losses of SGD on power-law random features. Equations by their number in docs/equations.md:
 *
 *     RF.2         exact recursion              advanceModes, solveRecursion, finalExcess
 *     RF.6, RF.7   Volterra equation            solveContinuous, trapezoid
 *     RF.25        recursion with momentum      advanceMoments, solveMomentum
 */
export { type ContinuousCurve, type ContinuousMethod, solveContinuous } from "./continuous";
export {
  advanceMoments,
  checkMomentumSteps,
  type MomentumMoments,
  type MomentumStep,
  momentumStart,
  solveMomentum,
  stepOf,
} from "./momentum";
export { advanceModes, type ExcessCurve, finalExcess, solveRecursion } from "./recursion";
