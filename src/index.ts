/**
 * twotime: exact dynamics of learning in high-dimensional rough landscapes, proved against the finite system.
 *
 * The contract: solve, simulate, predict, optimise by a system's name, and compare. What a system has of its own (typed
 * solvers, closed forms, models) stands in a subpath with its name, e.g. `twotime/phase-retrieval`; fits and statistics
 * in `twotime/analysis`, workers and run folders in `twotime/node`.
 */
export {
  type Comparison,
  compare,
  compareAsync,
  type EventComparison,
  type QuantityComparison,
} from "./compare";
export type { Bibliography, Citation } from "./core/citations";
export { ConvergenceError, InterruptedError, InvalidParameterError } from "./core/errors";
export type { Checkpoint, CheckpointStore, Options, Progress } from "./core/options";
export { type PieceOptions, type Pool, type PoolTask, serialPool } from "./core/pool";
export type * from "./core/results";
export { createSchedule, decayExponent, type Schedule, type ScheduleSpec, scheduleKinds } from "./schedule";
export { optimise, predict, simulate, solve } from "./systems/calls";
export { citation, type References } from "./systems/citation";
export { configSchema, type JsonSchema } from "./systems/config/json-schema";
export type {
  GoalOf,
  MethodOf,
  OptimumOf,
  ParametersOf,
  Problem,
  SearchGoal,
  SimulationOf,
  SolutionOf,
  SystemName,
} from "./systems/named";
export type { Evaluation, Optimisation } from "./systems/optimise/optimise";
export { systems } from "./systems/registry";
export type { PredictionInfo, QuantityInfo, System } from "./systems/system";
