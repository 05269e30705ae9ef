import { between, floats, nonNegative } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import { excess, type Modes } from "../../models/random-features/modes";
import type { MomentumSteps } from "../../models/random-features/momentum";
import { checkBatch } from "../../models/random-features/stability";
import { diverged, type ExcessCurve, requireSteps } from "./recursion";

/** λE d², λE dy and λE y² of every mode, d = w − w*. */
export interface MomentumMoments {
  readonly dd: Float64Array;
  readonly dy: Float64Array;
  readonly yy: Float64Array;
}

/** The moments at the start: y = 0. */
export const momentumStart = ({ start }: Modes): MomentumMoments => ({
  dd: Float64Array.from(start),
  dy: new Float64Array(start.length),
  yy: new Float64Array(start.length),
});

/** (g2, g3, Δ) of one step and its batch. */
export interface MomentumStep {
  readonly direct: number;
  readonly accumulated: number;
  readonly damping: number;
  readonly batch: number;
}

/**
 * One step of the exact moments of SGD with momentum (RF.25), in place: with r = 1 − Δ, b = g2 + g3, f = g3 r and
 * gg = λ²X(1 + 1/m) + λL/m.
 *
 * @param sum Σ λX before the step
 * @returns Σ λX after it
 */
export function advanceMoments(
  { eigenvalue, noiseWeight, floor }: Modes,
  { dd, dy, yy }: MomentumMoments,
  { direct, accumulated, damping, batch }: MomentumStep,
  sum: number,
): number {
  const r = 1 - damping;
  const b = direct + accumulated;
  const f = accumulated * r;
  const spread = 1 + 1 / batch;
  const noise = (floor + sum) / batch;
  let total = 0;
  for (let k = 0; k < dd.length; k++) {
    const lambda = eigenvalue[k];
    const x = dd[k];
    const c = dy[k];
    const y = yy[k];
    const gg = lambda * lambda * spread * x + noiseWeight[k] * noise;
    const next = x + b * b * gg + f * f * y - 2 * b * lambda * x - 2 * f * c + 2 * b * f * lambda * c; // RF.25
    dd[k] = next;
    dy[k] = r * c - b * r * lambda * c - f * r * y + lambda * x - b * gg - f * lambda * c;
    yy[k] = r * r * y + 2 * r * lambda * c + gg;
    total += next;
  }
  return total;
}

/**
 * L(t) − s2 of SGD with momentum at every step t = 0 … T (RF.24, RF.25).
 * @throws InvalidParameterError; ConvergenceError and InterruptedError as of `solveRecursion`.
 */
export async function solveMomentum(
  modes: Modes,
  steps: MomentumSteps,
  batch: Float64Array,
  options: Options = {},
): Promise<ExcessCurve> {
  checkCall({ modes, steps }, options);
  checkMomentumSteps(steps, batch);
  const horizon = batch.length;
  requireSteps("momentum", modes, horizon, options);
  const moments = momentumStart(modes);
  const curve = new Float64Array(horizon + 1);
  let done = 0;
  const partial = () => ({ excess: curve.slice(0, done + 1) });
  const pacer = createPacer("second moments of SGD with momentum", horizon, options, partial);
  curve[0] = excess(moments.dd);
  for (let t = 0; t < horizon; t++) {
    const next = advanceMoments(modes, moments, stepOf(steps, batch, t), curve[t]);
    if (!(next < Infinity)) throw diverged(t + 1, partial());
    curve[t + 1] = next;
    done = t + 1;
    if (pacer.due()) await pacer.pause(done);
  }
  return { excess: curve };
}

/** The coefficients of step t. */
export const stepOf = (steps: MomentumSteps, batch: Float64Array, t: number): MomentumStep => ({
  direct: steps.direct[t],
  accumulated: steps.accumulated[t],
  damping: steps.damping[t],
  batch: batch[t],
});

/** @throws InvalidParameterError unless there is a coefficient of each kind, of its range, for every batch. */
export function checkMomentumSteps(steps: MomentumSteps, batch: Float64Array): void {
  floats("batch", batch);
  for (const name of ["direct", "accumulated", "damping"] as const) {
    if (floats(name, steps[name]).length !== batch.length) {
      const allowed = `${batch.length}, the number of batches`;
      throw new InvalidParameterError(`${name}.length`, steps[name].length, allowed);
    }
  }
  for (let t = 0; t < batch.length; t++) {
    nonNegative(`direct[${t}]`, steps.direct[t]);
    nonNegative(`accumulated[${t}]`, steps.accumulated[t]);
    between(`damping[${t}]`, steps.damping[t], 0, 1);
    checkBatch(`batch[${t}]`, batch[t]);
  }
}
