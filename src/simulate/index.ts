export {
  createEnsemble,
  type EnsembleFrame,
  meanOfRuns,
  runEnsemble,
  type SampleCurves,
  type SampleRun,
} from "./ensemble";
export { createGaussianLoss, type GaussianLoss } from "./gaussian-loss";
export type { LandscapeProblem, LandscapeSimulation, ResponseMethod } from "./landscape-problem";
export {
  type NetworkBatch,
  type NetworkEnsemble,
  networkBatchTask,
  simulateNetwork,
} from "./quadratic-network";
export { type NetworkProblem, type NetworkSimulation, STEP_LIMIT } from "./quadratic-problem";
export { createDescent, projectOnSphere, walkOnSphere } from "./sphere-langevin";
export { simulateSphericalLandscape } from "./spherical-landscape";
export { createStepList, type StepList } from "./step-list";
export { createSymmetricTensor, type SymmetricTensor, uniqueEntries } from "./symmetric-tensor";
