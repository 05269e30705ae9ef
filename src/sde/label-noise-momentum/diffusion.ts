import { requireBudget } from "../../core/budget";
import { integerAtLeast, nonNegative, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InterruptedError } from "../../core/errors";
import type { Options } from "../../core/options";
import { inThisThread, serialPool } from "../../core/pool";
import { theoryDescentOf } from "../../models/label-noise-momentum/descent";
import { type HeavyBall, requireStable } from "../../models/label-noise-momentum/heavy-ball";
import type { NoisyDescent } from "../../models/label-noise-momentum/loss";
import { manifoldCurvature } from "../../models/label-noise-momentum/manifold";
import type { MomentumProblem } from "../../models/label-noise-momentum/problem";
import { createMeanPath, joinSums, type MeanPath } from "../mean-path";
import { type DiffusionMethod, type ManifoldSums, manifoldPathsTask, pathGrid } from "./paths";

/** Means over paths of the drift-diffusion, and their first passages; Infinity where there was none. */
export interface ManifoldDiffusion {
  readonly mean: MeanPath;
  readonly passages: Float64Array;
}

/** Fixed, so that the sums over the batches come out the same for any number of workers. */
const BATCHES = 16;
/** Seconds of a step of a path, by the cube of the number of weights: the curvature is decomposed. */
const SECONDS = 3e-9;
/** Of what is recorded of a step, for all paths of a batch together. */
const STEP_BYTES = 16 * 12;

/**
 * Paths of the drift-diffusion (LN20) from a point of the manifold: means of radius |Y|², logRadius, hessianTrace and
 * position[i] (up to 8 weights). A loss of the user's own runs in this thread; a problem in the pool.
 *
 * @throws InvalidParameterError for a start off the manifold or an unstable learning rate; ConvergenceError where a path
 *   cannot be followed; InterruptedError after an abort; both with the finished paths as `partial`.
 */
export async function solveManifoldDiffusion(
  source: MomentumProblem | NoisyDescent,
  start: Float64Array,
  heavyBall: HeavyBall & { readonly noise: number },
  method: DiffusionMethod,
  options: Options = {},
): Promise<ManifoldDiffusion> {
  checkCall({ source, heavyBall, method }, options);
  integerAtLeast("method.samples", method.samples, 1);
  positive("method.step", method.step);
  positive("method.until", method.until);
  nonNegative("noise", heavyBall.noise);
  const isProblem = "model" in source;
  const { loss } = isProblem ? theoryDescentOf(source) : source;
  requireStable(heavyBall, manifoldCurvature(loss, start).values[loss.size - 1]);
  const count = Math.min(BATCHES, method.samples);
  const steps = method.until / method.step;
  const path = SECONDS * loss.size ** 3 * steps;
  requireBudget(
    [
      { parameter: "method.step", value: method.step, bytes: count * STEP_BYTES * steps, seconds: path },
      {
        parameter: "method.samples",
        value: method.samples,
        bytes: 8 * method.samples,
        seconds: (method.samples - 1) * path,
      },
    ],
    options,
  );
  const { learningRate, momentum, noise } = heavyBall;
  const batches = Array.from({ length: count }, (_, k) => ({
    source,
    heavyBall: { learningRate, momentum, noise },
    start,
    method,
    from: Math.floor((k * method.samples) / count),
    to: Math.floor(((k + 1) * method.samples) / count),
  }));
  const { pool = serialPool } = options;
  const task = isProblem ? manifoldPathsTask : inThisThread(manifoldPathsTask);
  try {
    return joined(await pool.map(task, batches, options))!;
  } catch (error) {
    if (error instanceof ConvergenceError) throw error.withPartial(joined(error.details.partial));
    if (error instanceof InterruptedError) throw error.withPartial(joined(error.partial));
    throw error;
  }

  function joined(found: unknown): ManifoldDiffusion | undefined {
    const ended = (found as readonly (ManifoldSums | undefined)[]).filter((one) => one !== undefined);
    if (ended.length === 0) return undefined;
    return {
      mean: createMeanPath(pathGrid(loss.size, method), joinSums(ended.map(({ sums }) => sums))),
      passages: Float64Array.from(ended.flatMap(({ passages }) => [...passages])),
    };
  }
}
