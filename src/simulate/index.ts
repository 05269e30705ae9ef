export {
  createEnsemble,
  type EnsembleFrame,
  meanOfRuns,
  runEnsemble,
  type SampleBatch,
  type SampleCurves,
  type SampleRequest,
  type SampleTask,
  type Simulator,
  sampleTask,
} from "./ensemble";
export { createGaussianLoss, type GaussianLoss } from "./gaussian-loss";
export type { LandscapeProblem, LandscapeSimulation, ResponseMethod } from "./landscape-problem";
export type { PhaseSimulation } from "./phase-problem";
export { phaseTask, simulatePhaseRetrieval } from "./phase-retrieval";
export { type NetworkEnsemble, networkTask, simulateNetwork } from "./quadratic-network";
export type { NetworkProblem, NetworkSimulation } from "./quadratic-problem";
export { createDescent, projectOnSphere, walkOnSphere } from "./sphere-langevin";
export { landscapeTask, simulateSphericalLandscape } from "./spherical-landscape";
export { createStepList, type StepList } from "./step-list";
export { createSymmetricTensor, type SymmetricTensor, uniqueEntries } from "./symmetric-tensor";
export { createTensorBlocks } from "./tensor-blocks";
