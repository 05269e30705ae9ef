export { causalProcessTask, solveCausal } from "./causal/solve";
export { effectiveProcessTask, solveDamped } from "./damped/solve";
export {
  type CausalMethod,
  CORRECTED,
  type DampedMethod,
  type EquationForm,
  effectiveRateLimit,
  type StartDraws,
} from "./process/problem";
export type { DmftSolution, KernelName } from "./process/solution";
