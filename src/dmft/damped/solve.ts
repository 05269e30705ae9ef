import { requireBudget } from "../../core/budget";
import { checkCall } from "../../core/check-options";
import { ConvergenceError } from "../../core/errors";
import type { Options } from "../../core/options";
import { inThisThread } from "../../core/pool";
import { finishRun } from "../../core/resumable-run";
import type { PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { mean } from "../../numerics/statistics";
import { CORRECTED, type EquationForm } from "../process/method";
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
 * Solves the dynamical mean-field theory of phase retrieval (Stochasticity helps to navigate rough landscapes, section 4
 * and appendix A, corrected, see docs/errata.md) by the paper's iteration: trajectories of the effective process are
 * sampled with the order functions as they stand, and their averages are mixed into these, first with a constant gain,
 * then with one that falls, which averages over passes with ever new random numbers. Its time step is the learning rate:
 * it is the N → ∞ limit of the discrete algorithm, too. Independent runs give the error. Work grows as steps³, or as
 * steps² with probes.
 *
 * The result does not depend on the pool. With a checkpoint store the state is saved some ten times and after an abort;
 * a run that goes on from there ends with the same numbers, also with more iterations or runs.
 *
 * @throws InvalidParameterError for a problem or method that makes no sense, a learning rate beyond
 *   `effectiveRateLimit`, or a checkpoint of something else; ConvergenceError where the residual does not fall;
 *   InterruptedError after an abort. The `partial` of both is the DmftSolution of the runs as they stand, undefined
 *   where there is none.
 */
export async function solveDamped(
  problem: PhaseRetrieval,
  method: DampedMethod,
  options: Options = {},
  form: EquationForm = CORRECTED,
): Promise<DmftSolution> {
  checkCall({ problem, method }, options);
  const setup = createSetup(problem, method, method.trajectories ?? TRAJECTORIES, form);
  const iteration = planIteration(method, setup.nodes);
  const { iterations, runs, gainOf } = iteration;
  requireBudget(dampedCosts(setup, iteration, method.until, options.pool?.workers), options);
  const states = await finishRun(
    {
      identity: identify(setup, iteration),
      codec: createStateCodec(setup.nodes),
      steps: Array<number>(runs).fill(iterations),
      stepsOf: ({ passes }) => passes,
      slices: Math.min(SLICES, iterations),
      task: method.cost ? inThisThread(effectiveProcessTask) : effectiveProcessTask,
      request: (run, state, passes) => ({ problem, method, form, run, state, passes }),
      label: labelOf,
      partial: (states) => unfinished(setup, states, iterations),
    },
    options,
  );
  const solution = createSolution(setup, states);
  requireConvergence(solution, gainOf(iterations - 1));
  return solution;
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
