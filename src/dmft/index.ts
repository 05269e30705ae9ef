export type { CausalMethod } from "./causal/method";
export { solveCausal } from "./causal/solve";
export type { DampedMethod } from "./damped/method";
export { solveDamped } from "./damped/solve";
export { CORRECTED, type EquationForm } from "./process/method";
export { effectiveRateLimit } from "./process/reach";
export type { DmftSolution, KernelName } from "./process/solution";
