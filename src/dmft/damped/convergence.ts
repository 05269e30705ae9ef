import { ConvergenceError } from "../../core/errors";
import type { DmftSolution } from "../process/solution";

/** Changes of the overlap, averaged over the last quarter of the passes, that only an unfinished run has. */
const LARGEST_RESIDUAL = 0.3;
/** The same times the last gain: by how much the result itself still moves. */
const LARGEST_CHANGE = 0.05;
/** Standard deviation of the overlap over runs, where some have collapsed. */
const LARGEST_SPREAD = 0.15;

/**
 * @param gain of the last pass.
 * @throws ConvergenceError where the overlap of a run still changed by much at the end, or runs disagree by much; its
 *   `partial` is the solution.
 */
export function requireConvergence(solution: DmftSolution, gain: number): void {
  const { residuals, samples, standardError, time } = solution;
  const failed = (found: string) =>
    new ConvergenceError(`The iteration has not converged: ${found}.`, {
      reached: time[time.length - 1],
      advice: "Take more trajectories (late times need more), more iterations, or a shorter time.",
      partial: { ...solution, unfinished: "iterations that have not converged" },
    });
  for (const [run, all] of residuals.entries()) {
    const last = all.slice(-Math.ceil(all.length / 4));
    const residual = last.reduce((sum, r) => sum + r, 0) / last.length;
    if (residual <= Math.min(LARGEST_RESIDUAL, LARGEST_CHANGE / gain)) continue;
    throw failed(`the overlap of run ${run + 1} still changes by ${residual.toPrecision(2)} in an iteration`);
  }
  if (samples === 1) return;
  const spread = Math.sqrt(samples) * Math.max(...standardError.overlap);
  if (spread > LARGEST_SPREAD) throw failed(`the overlaps of the runs differ by ${spread.toPrecision(2)}`);
}
