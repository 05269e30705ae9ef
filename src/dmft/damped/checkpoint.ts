import type { CheckpointStore } from "../../core/options";
import type { PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { createStreams } from "../../numerics/streams";
import type { DampedMethod } from "../process/problem";
import { packState, type RunState, unpackState } from "../process/run-state";

const SYSTEM = "phase-retrieval";
const SOLVER = "damped";
/** Of the content, so that a state of another kind is never taken for one of this. */
const VERSION = "1";

/**
 * Runs in a checkpoint store. What was saved for another problem or method is not taken up; more iterations or runs of
 * the same are.
 */
export function createRunCheckpoint(problem: PhaseRetrieval, method: DampedMethod, store?: CheckpointStore) {
  const { iterations: _, runs: __, cost: ___, ...rest } = method;
  const key = createStreams(JSON.stringify([problem, rest])).key;
  const parametersHash = key.map((word) => word.toString(16).padStart(8, "0")).join("");
  return {
    /** The states of so many runs, undefined where there is none. */
    async load(runs: number): Promise<(RunState | undefined)[]> {
      const found = await store?.load();
      const isOurs =
        found?.system === SYSTEM &&
        found.solver === SOLVER &&
        found.version === VERSION &&
        found.parametersHash === parametersHash;
      return Array.from({ length: runs }, (_, run) => (isOurs ? unpackState(found.arrays, run) : undefined));
    },
    async save(states: readonly (RunState | undefined)[]): Promise<void> {
      const arrays = Object.assign({}, ...states.map((state) => (state ? packState(state) : {})));
      const scalars = { runs: states.length };
      await store?.save({
        system: SYSTEM,
        parametersHash,
        solver: SOLVER,
        version: VERSION,
        arrays,
        scalars,
      });
    },
  };
}
