/** Power-law random features from a script: recursion, gradients, optimal schedules, SGD, exponents and prefactors. */
export * from "../../control/random-features";
export * from "../../models/random-features";
export * from "../../simulate/random-features";
export * from "../../theory/random-features";
export * from "../../volterra/random-features";
