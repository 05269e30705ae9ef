import { channels } from "../../models/covariance";
import { plantingOf } from "../../models/planted-start";
import type { TwoTimeProblem } from "../problem";
import { crosses } from "./crossing";
import { type MarchOptions, marchPhase } from "./march";
import { startAfter } from "./milestone";
import type { Effort } from "./newton";
import { createPhase, type PhaseStart } from "./phase";
import type { Resolution } from "./rule";
import { clockAt, escapes, plantedLoss, type SolvedPhase } from "./solved-phase";

/** A run on one grid: its phases, as far as they are solved, one behind the other. */
export interface AgingHistory {
  readonly resolution: Resolution;
  readonly phases: SolvedPhase[];
  readonly effort: Effort;
}

/** Clocks between which T_eff is smooth, and what it is there, from the right of the first to the left of the second. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly noise: (clock: number) => number;
}

/** ln of the longest over the first σ, at the least. */
const SPAN = 14;

/** Rows that a phase of this length has room for; with a signal, its crossing takes many. */
function room(problem: TwoTimeProblem, length: number, { spacing }: Resolution): number {
  const regular = ((SPAN + Math.log1p(length)) * 1.5) / Math.min(spacing.transient, spacing.late);
  return 100 + Math.ceil(escapes(problem) ? 4 * regular + 2000 : regular);
}

export const createHistory = (resolution: Resolution): AgingHistory => ({
  resolution,
  phases: [],
  effort: { rows: 0, iterations: 0, factorisations: 0, rejected: 0 },
});

/** The start of a run: random but for its overlap with a signal, or in equilibrium. */
function firstStart(problem: TwoTimeProblem, { grid }: Resolution, noise: number): PhaseStart {
  const { covariance } = problem;
  const { strength, overlap: m } = plantingOf(problem) ?? { strength: 0, overlap: 0 };
  const force = strength * covariance.first(m);
  return {
    clock: 0,
    old: [],
    pairs: new Float64Array(2 * grid.size).fill(1),
    slopes: new Float64Array(2 * grid.size),
    reduced: force * m,
    reducedSlope: covariance.first(1) + covariance.second(1),
    logOverlap: m === 0 ? 0 : Math.log(Math.abs(m)),
    logOverlapSlope: m === 0 ? 0 : force / m - noise - force * m,
  };
}

/**
 * Solves a history along stretches; it holds what is solved at any moment. Returns the stretches of its phases: without `cut`, those
 * given; with it, the one in which a signal is found is cut there.
 *
 * @throws ConvergenceError, MemoryError
 */
export async function solveHistory(
  problem: TwoTimeProblem,
  history: AgingHistory,
  given: readonly Stretch[],
  options: Pick<MarchOptions, "time" | "afterRow"> & { readonly cut: boolean },
): Promise<readonly Stretch[]> {
  const { resolution, effort, phases } = history;
  const terms = channels(problem.covariance);
  const stretches = [...given];
  for (let k = 0; k < stretches.length; k++) {
    const { from, to, noise } = stretches[k];
    const before = phases[k - 1];
    const start = before
      ? startAfter(before, noise(from) - stretches[k - 1].noise(from))
      : firstStart(problem, resolution, noise(0));
    const capacity = room(problem, to - from, resolution);
    const solved: SolvedPhase = {
      phase: createPhase(problem, resolution.grid, capacity, start, effort),
      count: 0,
      losses: terms.map(() => new Float64Array(capacity)),
      startLosses: terms.map((channel, term) =>
        before ? before.losses[term][before.count - 1] : plantedLoss(problem, channel, start.logOverlap),
      ),
      iterations: new Int32Array(capacity),
    };
    phases.push(solved);
    const whole = stretches.length === given.length;
    const ends = options.cut && whole ? (r: number) => crosses(problem, solved, r) : undefined;
    await marchPhase(problem, solved, {
      ...options,
      end: to,
      noise,
      spacing: resolution.spacing,
      effort,
      ends,
    });
    const reached = clockAt(solved, solved.count - 1);
    if (reached < to) stretches.splice(k, 1, { from, to: reached, noise }, { from: reached, to, noise });
  }
  return stretches;
}
