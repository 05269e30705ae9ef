import { requireBudget } from "../../core/budget";
import { checkCall } from "../../core/check-options";
import { ConvergenceError } from "../../core/errors";
import type { Options } from "../../core/options";
import { inThisThread } from "../../core/pool";
import { finishRun } from "../../core/resumable-run";
import type { PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { mean } from "../../numerics/statistics";
import type { EquationForm } from "../process/method";
import { biasNotes, type Reference } from "../process/reference";
import { createSetup, type Setup } from "../process/setup";
import { createSolution, type DmftSolution } from "../process/solution";
import { requireConvergence } from "./convergence";
import { dampedCosts } from "./costs";
import { identify } from "./identity";
import { type DampedMethod, planIteration, TRAJECTORIES } from "./method";
import { createStateCodec, type RunState } from "./run-state";
import { effectiveProcessTask, NAME } from "./task";

/** Slices between which the states are saved and the residual told. */
const SLICES = 10;

/**
 * See `solveDamped`.
 * @param measure the order functions by particles, once the call has been checked
 */
export async function iterateProcess(
  problem: PhaseRetrieval,
  method: DampedMethod,
  options: Options,
  form: EquationForm,
  measure: (trajectories: number, wantsKernels: boolean) => Promise<Reference | undefined>,
): Promise<DmftSolution> {
  checkCall({ problem, method }, options);
  const setup = createSetup(problem, method, method.trajectories ?? TRAJECTORIES, form);
  const iteration = planIteration(method, setup.nodes);
  const { iterations, runs, guess } = iteration;
  requireBudget(dampedCosts(setup, iteration, method.until, options.pool?.workers), options);
  const reference = await measure(setup.trajectories, guess === "particles");
  const start = guess === "particles" ? reference?.functions : undefined;
  const plan = planIteration(method, setup.nodes, start !== undefined);
  const states = await finishRun(
    {
      identity: identify(setup, plan),
      codec: createStateCodec(setup.nodes),
      steps: Array<number>(runs).fill(iterations),
      stepsOf: ({ passes }) => passes,
      slices: Math.min(SLICES, iterations),
      task: method.cost ? inThisThread(effectiveProcessTask) : effectiveProcessTask,
      request: (run, state, passes) => ({
        problem,
        method,
        form,
        run,
        state,
        passes,
        // A state has all that comes of it.
        ...(!state && start && { start }),
        isStarted: start !== undefined,
      }),
      label: labelOf,
      partial: (states) => unfinished(setup, states, iterations),
    },
    options,
  );
  const solution = createSolution(setup, states);
  const whole = { ...solution, notes: [...solution.notes, ...biasNotes(solution, reference)] };
  requireConvergence(
    whole,
    states.map(({ overlaps }) => overlaps),
  );
  return whole;
}

/** The runs as they stand, undefined where there is none or they make no sense. */
function unfinished(
  setup: Setup,
  states: readonly (RunState | undefined)[],
  iterations: number,
): DmftSolution | undefined {
  const begun = states.filter((state) => state !== undefined);
  const passes = states.reduce((least, state) => Math.min(least, state?.passes ?? 0), iterations);
  try {
    if (begun.length === 0) return undefined;
    return {
      ...createSolution(setup, begun),
      unfinished: `${passes} of ${iterations} iterations, not converged`,
    };
  } catch (error) {
    if (error instanceof ConvergenceError) return undefined;
    throw error;
  }
}

/** With the residual of the runs as they stand. */
function labelOf(states: readonly (RunState | undefined)[]): string {
  const residuals = states.flatMap((state) => state?.residuals.at(-1) ?? []);
  if (residuals.length === 0) return NAME;
  return `${NAME}, residual ${mean(residuals).toPrecision(2)}`;
}
