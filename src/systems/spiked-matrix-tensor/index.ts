/** The spiked matrix-tensor model from a script: two-time solver, finite system, equilibrium, phases. */
export * from "../../simulate/landscape";
export { thresholdMultiplier } from "../../theory/landscape";
export * from "../../theory/spiked-matrix-tensor";
export * from "../parts/two-time-solvers";
