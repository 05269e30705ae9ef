import { ConvergenceError } from "../../core/errors";
import type { DmftSolution } from "../process/solution";

/** Change of the mean overlap from one block of passes to the next that only an unfinished iteration has, besides its noise. */
const LARGEST_CHANGE = 0.03;
/** Of the standard error of that change. */
const NOISE = 3;
/** Of a single run, whose noise nobody knows. */
const LARGEST_ALONE = 0.1;
/** Standard deviation of the overlap over runs, where some have collapsed. */
const LARGEST_SPREAD = 0.15;

/**
 * Judges by blocks of passes: in a single pass the overlap jumps with the noise of its own trajectories, also where the result
 * no longer moves. The blocks are the last quarter of the passes and the one before; what all runs have in common of the
 * change between them is not noise.
 * @param overlaps by run and pass
 * @throws ConvergenceError where the overlap still changed at the end, or runs disagree by much; its `partial` is the solution.
 */
export function requireConvergence(
  solution: DmftSolution,
  overlaps: readonly (readonly Float64Array[])[],
): void {
  const { samples, standardError, time } = solution;
  const failed = (found: string) =>
    new ConvergenceError(`The iteration has not converged: ${found}.`, {
      reached: time[time.length - 1],
      advice: "Take more trajectories (late times need more), more iterations, or a shorter time.",
      partial: { ...solution, unfinished: "iterations that have not converged" },
    });
  const changes = overlaps.map(changeOf);
  for (const [k, t] of time.entries()) {
    const mean = changes.reduce((sum, change) => sum + change[k], 0) / samples;
    const square = changes.reduce((sum, change) => sum + (change[k] - mean) ** 2, 0);
    const noise = samples > 1 ? Math.sqrt(square / (samples - 1) / samples) : 0;
    const most = samples > 1 ? LARGEST_CHANGE + NOISE * noise : LARGEST_ALONE;
    if (Math.abs(mean) <= most) continue;
    throw failed(
      `from one quarter of the iterations to the next the overlap at t = ${t.toPrecision(3)} changes by ${mean.toPrecision(2)}`,
    );
  }
  if (samples === 1) return;
  const spread = Math.sqrt(samples) * Math.max(...standardError.overlap);
  if (spread > LARGEST_SPREAD) throw failed(`the overlaps of the runs differ by ${spread.toPrecision(2)}`);
}

/** Change of the overlap of a run from the last quarter of the passes but one to the last. */
function changeOf(passes: readonly Float64Array[]): Float64Array {
  const length = Math.ceil(passes.length / 4);
  const last = meanOf(passes.slice(-length));
  const before = meanOf(passes.slice(-2 * length, -length));
  return last.map((m, k) => m - before[k]);
}

const meanOf = (curves: readonly Float64Array[]): Float64Array =>
  curves[0].map((_, k) => curves.reduce((sum, curve) => sum + curve[k], 0) / curves.length);
