/** The spherical p-spin model from a script: covariance, two-time solver, finite system, threshold states. */
export {
  type Covariance,
  type CovarianceTerm,
  createCovariance,
  pureCovariance,
} from "../../models/covariance";
export * from "../../simulate/landscape";
export * from "../../theory/landscape";
export * from "../parts/two-time-solvers";
