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
export { createGaussianLoss, type GaussianLoss } from "./landscape/gaussian-loss";
export { createDescent, projectOnSphere, walkOnSphere } from "./landscape/langevin";
export type { LandscapeProblem, LandscapeSimulation, ResponseMethod } from "./landscape/problem";
export { landscapeTask, simulateSphericalLandscape } from "./landscape/simulate";
export { createSymmetricTensor, type SymmetricTensor, uniqueEntries } from "./landscape/symmetric-tensor";
export { createTensorBlocks } from "./landscape/tensor-blocks";
export type { PhaseSimulation } from "./phase-retrieval/problem";
export { phaseTask, simulatePhaseRetrieval } from "./phase-retrieval/simulate";
export type { NetworkProblem, NetworkSimulation } from "./quadratic-network/problem";
export { type NetworkEnsemble, networkTask, simulateNetwork } from "./quadratic-network/simulate";
export { createStepList, type StepList } from "./step-list";
