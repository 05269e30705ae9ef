import { createPacer } from "../../core/options";
import type { PoolTask } from "../../core/pool";
import type { PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { copyFunctions, mix, type OrderFunctions } from "../process/functions";
import type { EquationForm } from "../process/method";
import { createSetup } from "../process/setup";
import { firstGuess } from "./first-guess";
import { type DampedMethod, planIteration, TRAJECTORIES } from "./method";
import { createPasses } from "./pass";
import type { RunState } from "./run-state";

/** One run, from where it stands to a number of passes. */
export interface RunPiece {
  readonly problem: PhaseRetrieval;
  readonly method: DampedMethod;
  readonly form: EquationForm;
  readonly run: number;
  readonly state?: RunState;
  /** What a run without a state starts from; left out, it is the paper's guess. */
  readonly start?: OrderFunctions;
  /** Whether the runs have such a start. */
  readonly isStarted: boolean;
  readonly passes: number;
}

export const NAME = "effective process";

/** Iterates one run of `solveDamped`, for workers. An interrupted run hands over where it stands. */
export const effectiveProcessTask: PoolTask<RunPiece, RunState> = {
  name: NAME,
  module: "twotime",
  async run({ problem, method, form, run, state: begun, start, isStarted, passes }, options) {
    const setup = createSetup(problem, method, method.trajectories ?? TRAJECTORIES, form);
    const { probes, fresh, gainOf } = planIteration(method, setup.nodes, isStarted);
    const functions = copyFunctions(begun?.functions ?? start ?? firstGuess(setup));
    const overlaps = [...(begun?.overlaps ?? [])];
    const residuals = [...(begun?.residuals ?? [])];
    const first = begun?.passes ?? 0;
    let state: RunState | undefined = begun;
    const pacer = createPacer(NAME, passes - first, options, () => state);
    const samplePass = createPasses(setup, run, probes);
    for (let pass = first; pass < passes; pass++) {
      const batches = samplePass(functions, fresh ? pass : 0);
      let step = batches.next();
      for (; !step.done; step = batches.next()) {
        if (pacer.due()) await pacer.pause(pass - first + step.value);
      }
      const { recursion, averages, dropped } = step.value;
      const { overlap } = recursion;
      const before = overlaps.at(-1);
      if (before) {
        const change = overlap.reduce((most, m, k) => Math.max(most, Math.abs(m - before[k])), 0);
        residuals.push(change / gainOf(pass - 1));
      }
      overlaps.push(overlap);
      mix(functions, averages, gainOf(pass));
      const sampled = (state?.sampled ?? 0) + setup.trajectories;
      const lost = (state?.dropped ?? 0) + dropped;
      state = { passes: pass + 1, functions, residuals, overlaps: [...overlaps], dropped: lost, sampled };
    }
    return state!;
  },
};
