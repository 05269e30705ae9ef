import type { Options } from "../core/options";
import type { PhaseRetrieval } from "../models/phase-retrieval/problem";
import { type CausalMethod, marchProcess } from "./causal";
import { type DampedMethod, iterateProcess } from "./damped";
import { CORRECTED, type EquationForm } from "./process/method";
import type { DmftSolution } from "./process/solution";
import { particleReference } from "./reference";

/**
 * Solves the dynamical mean-field theory of phase retrieval (Stochasticity helps to navigate rough landscapes, section 4
 * and appendix A, corrected, see docs/errata.md) by the paper's iteration: trajectories of the effective process are
 * sampled with the order functions as they stand, and their averages are mixed into these, first with a constant gain,
 * then with one that falls, which averages over passes with ever new random numbers. Its time step is the learning rate:
 * it is the N → ∞ limit of the discrete algorithm, too. Independent runs give the error; a note tells how far the overlap is
 * from that of interacting particles, whose kernels the iteration starts from. Work grows as steps³, or as steps² with probes.
 *
 * The result does not depend on the pool. With a checkpoint store the state is saved some ten times and after an abort;
 * a run that goes on from there ends with the same numbers, also with more iterations or runs.
 *
 * @throws InvalidParameterError for a problem or method that makes no sense, a learning rate beyond
 *   `effectiveRateLimit`, or a checkpoint of something else; ConvergenceError where the overlap still changes from one block of passes to the next;
 *   InterruptedError after an abort. The `partial` of both is the DmftSolution of the runs as they stand, undefined
 *   where there is none.
 */
export async function solveDamped(
  problem: PhaseRetrieval,
  method: DampedMethod,
  options: Options = {},
  form: EquationForm = CORRECTED,
): Promise<DmftSolution> {
  return iterateProcess(problem, method, options, form, (trajectories, wantsKernels) =>
    particleReference(problem, method, trajectories, wantsKernels, options, form),
  );
}

/**
 * Solves the same equations as {@link solveDamped} without iteration: all trajectories advance together, and the order
 * functions at a step are the averages over them. It is the fixed point of the iteration with one set of random numbers;
 * its error falls as 1/√trajectories, which memory limits (2 steps² bytes a trajectory in singles). For a quick look.
 *
 * A single run has no error bar: `runs` repeats give one. A note tells how far the overlap is from that of interacting particles.
 *
 * @throws InvalidParameterError for a problem or method that makes no sense, or more than fits in memory; ConvergenceError
 *   where the averages make no sense any more (too few trajectories for the time); InterruptedError after an abort.
 */
export async function solveCausal(
  problem: PhaseRetrieval,
  method: CausalMethod,
  options: Options = {},
  form: EquationForm = CORRECTED,
): Promise<DmftSolution> {
  return marchProcess(problem, method, options, form, (trajectories) =>
    particleReference(problem, method, trajectories, false, options, form),
  );
}
