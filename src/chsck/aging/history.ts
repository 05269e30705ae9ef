import { channels } from "../../models/covariance";
import type { TwoTimeProblem } from "../problem";
import { type MarchOptions, marchPhase } from "./march";
import type { Effort } from "./newton";
import { createPhase, type PhaseStart } from "./phase";
import type { Resolution } from "./rule";
import type { SolvedPhase } from "./solved-phase";

/** A run on one grid: its phases, as far as they are solved, one behind the other. */
export interface AgingHistory {
  readonly resolution: Resolution;
  readonly phases: SolvedPhase[];
  readonly effort: Effort;
}

/** Rows that a phase of this length in ln σ has room for. */
const room = (length: number, { spacing }: Resolution) =>
  100 + Math.ceil((1.5 * length) / Math.min(spacing.transient, spacing.late));

/** ln of the longest over the first σ. */
const SPAN = 14;

export const createHistory = (resolution: Resolution): AgingHistory => ({
  resolution,
  phases: [],
  effort: { rows: 0, iterations: 0, factorisations: 0, rejected: 0 },
});

/** The start of a run: a random configuration. */
export function randomStart({ covariance }: TwoTimeProblem, { grid }: Resolution): PhaseStart {
  return {
    clock: 0,
    old: [],
    pairs: new Float64Array(2 * grid.size).fill(1),
    slopes: new Float64Array(2 * grid.size),
    reduced: 0,
    reducedSlope: covariance.first(1) + covariance.second(1),
    logOverlap: 0,
    logOverlapSlope: 0,
  };
}

/** Solves a history up to a clock; it holds what is solved at any moment. @throws ConvergenceError, MemoryError */
export async function solveHistory(
  problem: TwoTimeProblem,
  history: AgingHistory,
  options: Omit<MarchOptions, "spacing" | "effort">,
): Promise<void> {
  const { resolution, effort } = history;
  const start = randomStart(problem, resolution);
  const capacity = room(SPAN + Math.log(1 + options.end), resolution);
  const phase = createPhase(problem, resolution.grid, capacity, start, effort);
  const solved: SolvedPhase = {
    phase,
    count: 0,
    losses: channels(problem.covariance).map(() => new Float64Array(capacity)),
    startLosses: channels(problem.covariance).map(() => 0),
    iterations: new Int32Array(capacity),
  };
  history.phases.push(solved);
  await marchPhase(problem, solved, { ...options, spacing: resolution.spacing, effort });
}
