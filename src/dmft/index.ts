export type { CausalMethod } from "./causal/method";
export { causalProcessTask, solveCausal } from "./causal/solve";
export type { DampedMethod } from "./damped/method";
export { solveDamped } from "./damped/solve";
export { effectiveProcessTask } from "./damped/task";
export { CORRECTED, type EquationForm, type StartDraws } from "./process/method";
export { effectiveRateLimit } from "./process/reach";
export type { DmftSolution, KernelName } from "./process/solution";
