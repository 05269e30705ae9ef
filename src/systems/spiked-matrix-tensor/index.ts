/** The spiked matrix-tensor model from a script: two-time solver, finite system, equilibrium, phases. */
export {
  type AgingMethod,
  type AutomaticMethod,
  solveAging,
  solveAutomatic,
  solveUniform,
  type TwoTimeProblem,
  type UniformMethod,
} from "../../chsck";
export * from "../../simulate/landscape";
export { thresholdMultiplier } from "../../theory/landscape";
export * from "../../theory/spiked-matrix-tensor";
