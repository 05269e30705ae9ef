export { causalProcessTask, solveCausal } from "./causal";
export { effectiveProcessTask, solveDamped } from "./damped";
export {
  type CausalMethod,
  CORRECTED,
  type DampedMethod,
  type EquationForm,
  effectiveRateLimit,
  type StartDraws,
} from "./problem";
export type { DmftSolution, KernelName } from "./solution";
