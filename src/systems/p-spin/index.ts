/** The spherical p-spin model from a script: covariance, two-time solver, finite system, threshold states. */
export {
  type AgingMethod,
  type AutomaticMethod,
  solveAging,
  solveAutomatic,
  solveUniform,
  type TwoTimeProblem,
  type UniformMethod,
} from "../../chsck";
export {
  type Covariance,
  type CovarianceTerm,
  createCovariance,
  pureCovariance,
} from "../../models/covariance";
export * from "../../simulate/landscape";
export * from "../../theory/landscape";
