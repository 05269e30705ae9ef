export {
  createEnsemble,
  type EnsembleFrame,
  meanOfRuns,
  runEnsemble,
  type SampleCurves,
  type SampleRun,
} from "./ensemble";
export { createGaussianLoss, type GaussianLoss } from "./gaussian-loss";
export { simulatePSpin } from "./p-spin";
export type { PSpinProblem, PSpinSimulation, ResponseMethod } from "./p-spin-problem";
export { createDescent, projectOnSphere, walkOnSphere } from "./sphere-langevin";
export { createStepList, type StepList } from "./step-list";
export { createSymmetricTensor, type SymmetricTensor, uniqueEntries } from "./symmetric-tensor";
