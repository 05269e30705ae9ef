import { createPacer } from "../../core/options";
import type { PoolTask } from "../../core/pool";
import type { PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { copyFunctions, mix } from "../process/functions";
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
  readonly passes: number;
}

export const NAME = "effective process";

/** Iterates one run of `solveDamped`, for workers. An interrupted run hands over where it stands. */
export const effectiveProcessTask: PoolTask<RunPiece, RunState> = {
  name: NAME,
  module: "twotime",
  async run({ problem, method, form, run, state: begun, passes }, options) {
    const setup = createSetup(problem, method, method.trajectories ?? TRAJECTORIES, form);
    const { probes, fresh, gainOf } = planIteration(method, setup.nodes);
    const functions = begun ? copyFunctions(begun.functions) : firstGuess(setup);
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
      if (state) {
        const before = state.overlap;
        const change = overlap.reduce((most, m, k) => Math.max(most, Math.abs(m - before[k])), 0);
        residuals.push(change / gainOf(pass - 1));
      }
      mix(functions, averages, gainOf(pass));
      const sampled = (state?.sampled ?? 0) + setup.trajectories;
      const lost = (state?.dropped ?? 0) + dropped;
      state = { passes: pass + 1, functions, residuals, overlap, dropped: lost, sampled };
    }
    return state!;
  },
};
