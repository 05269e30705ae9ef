/** twotime: exact dynamics of learning in high-dimensional rough landscapes, proved against the finite system. */
export { solveUniform, type TwoTimeProblem, type UniformMethod } from "./chsck";
export * from "./compare";
export type { Citation } from "./core/citations";
export { ConvergenceError, InterruptedError, InvalidParameterError } from "./core/errors";
export type {
  Checkpoint,
  CheckpointStore,
  Options,
  Progress,
} from "./core/options";
export { type PieceOptions, type Pool, type PoolTask, serialPool } from "./core/pool";
export type * from "./core/results";
export {
  type CausalMethod,
  type DampedMethod,
  type DmftSolution,
  effectiveRateLimit,
  solveCausal,
  solveDamped,
} from "./dmft";
export { type Cost, phaseRetrievalCost } from "./models/cost";
export { type Covariance, type CovarianceTerm, createCovariance, pureCovariance } from "./models/covariance";
export { type PhaseRetrieval, phaseRetrieval } from "./models/phase-retrieval/problem";
export type { StartValues } from "./models/phase-retrieval/start";
export {
  createDrift as createNetworkDrift,
  type Drift as NetworkDrift,
} from "./models/quadratic-network/drift";
export { packState as packNetworkState } from "./models/quadratic-network/layout";
export {
  type NetworkState,
  type QuadraticNetwork,
  quadraticNetwork,
} from "./models/quadratic-network/network";
export { createStreams, fitPowerLaw, localExponents, type Stream, type Streams } from "./numerics";
export type { EventSearch } from "./ode/integrate";
export { type NetworkOdeMethod, type NetworkPath, solveNetworkOde } from "./ode/quadratic-network";
export { createSchedule, decayExponent, type Schedule, type ScheduleSpec, scheduleKinds } from "./schedule";
export {
  createNoiseCovariance,
  type NetworkDiffusion,
  type NetworkSdeMethod,
  type NoiseCovariance,
  solveNetworkSde,
} from "./sde/quadratic-network";
export * from "./simulate/landscape";
export * from "./simulate/phase-retrieval";
export * from "./simulate/quadratic-network";
export { type Problem, predict, type Simulation, simulate, solve } from "./systems/calls";
export { findSystem, parseConfig } from "./systems/config/config";
export {
  type Evaluation,
  type Optimisation,
  type OptimiseProblem,
  optimise,
} from "./systems/optimise/optimise";
export { systems } from "./systems/registry";
export type { System, SystemCode } from "./systems/system";
export * from "./theory/landscape";
export * from "./theory/phase-retrieval";
export * from "./theory/quadratic-network";
export * from "./theory/spiked-matrix-tensor";
