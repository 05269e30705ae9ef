import { requireBudget } from "../../core/budget";
import { checkCall } from "../../core/check-options";
import { InvalidParameterError, inBytes, MemoryError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import { inThisThread, type PoolTask, serialPool } from "../../core/pool";
import type { PhaseRetrieval } from "../../models/phase-retrieval/problem";
import type { EquationForm } from "../process/method";
import { biasNotes, type Reference } from "../process/reference";
import { createSetup } from "../process/setup";
import { createSolution, type DmftSolution, type SampledRun } from "../process/solution";
import { causalCosts } from "./costs";
import { createMarch } from "./march";
import { type CausalMethod, matchedSteps, TRAJECTORIES } from "./method";

const NAME = "effective process, step by step";

interface MarchPiece {
  readonly problem: PhaseRetrieval;
  readonly method: CausalMethod;
  readonly form: EquationForm;
  readonly run: number;
}

/** Runs of {@link solveCausal}, for workers. */
export const causalProcessTask: PoolTask<MarchPiece, SampledRun> = {
  name: NAME,
  module: "twotime",
  async run({ problem, method, form, run }, options) {
    const setup = createSetup(problem, method, method.trajectories ?? TRAJECTORIES, form);
    const pacer = createPacer(NAME, 1, options);
    const march = createMarch(setup, run, matchedSteps(method, setup.trajectories, setup.nodes));
    let step = march.next();
    for (; !step.done; step = march.next()) if (pacer.due()) await pacer.pause(step.value);
    return step.value;
  },
};

/** See `solveCausal`. @param measure the order functions by particles, once the call has been checked */
export async function marchProcess(
  problem: PhaseRetrieval,
  method: CausalMethod,
  options: Options,
  form: EquationForm,
  measure: (trajectories: number) => Promise<Reference | undefined>,
): Promise<DmftSolution> {
  checkCall({ problem, method }, options);
  const { trajectories = TRAJECTORIES, runs = 1, cost } = method;
  const setup = createSetup(problem, method, trajectories, form);
  matchedSteps(method, trajectories, setup.nodes);
  requireBudget(causalCosts(setup, method.until, runs, options.pool?.workers), options);
  const task = cost ? inThisThread(causalProcessTask) : causalProcessTask;
  const pieces = Array.from({ length: runs }, (_, run) => ({ problem, method, form, run }));
  const { pool = serialPool, signal, onProgress } = options;
  try {
    const reference = await measure(trajectories);
    const sampled = await pool.map(task, pieces, { signal, onProgress });
    const solution = createSolution(setup, sampled);
    return { ...solution, notes: [...solution.notes, ...biasNotes(solution, reference)] };
  } catch (error) {
    if (!(error instanceof MemoryError)) throw error;
    const allowed = `what fits in memory: with ${setup.nodes - 1} steps they take ${inBytes(error.needed)} in one piece`;
    throw new InvalidParameterError("method.trajectories", trajectories, allowed);
  }
}
