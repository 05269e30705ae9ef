import { requireBudget } from "../../core/budget";
import { checkCall } from "../../core/check-options";
import { ConvergenceError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import { excess, type Modes } from "../../models/random-features/modes";
import { checkSteps, type Steps } from "../../models/random-features/steps";

/**
 * The exact second moments of SGD, step by step (RF.2). `q` holds the q_k and is advanced in place: by A_k q_k +
 * (η²/m) n_k λ_k² L with A_k = 1 − 2ηλ_k + η²λ_k²(1 + 1/m). Exact for Gaussian features at any rate, batch and number of
 * features.
 *
 * @param sum Σ q_k before the step
 * @returns Σ q_k after it
 */
export function advanceModes(
  { eigenvalue, noiseWeight, floor }: Modes,
  q: Float64Array,
  rate: number,
  batch: number,
  sum: number,
): number {
  const spread = 1 + 1 / batch;
  const noise = ((rate * rate) / batch) * (floor + sum);
  let total = 0;
  for (let k = 0; k < q.length; k++) {
    const step = rate * eigenvalue[k];
    const next = (1 - step * (2 - step * spread)) * q[k] + noise * noiseWeight[k]; // RF.2
    q[k] = next;
    total += next;
  }
  return total;
}

/** L(T) − s2 after all steps; Infinity where it leaves the range of numbers. Checks nothing, in one go. */
export function finalExcess(modes: Modes, { rate, batch }: Steps): number {
  const q = Float64Array.from(modes.start);
  let sum = excess(q);
  for (let t = 0; t < rate.length; t++) {
    sum = advanceModes(modes, q, rate[t], batch[t], sum);
    if (!(sum < Infinity)) return Infinity;
  }
  return sum;
}

/** Seconds of a mode in a step: of its second moment, and of the three with momentum. */
const SECONDS = { plain: 3e-9, momentum: 1e-8 };

/** @throws InvalidParameterError where so many steps of so many modes are more than can be done */
export function requireSteps(
  kind: keyof typeof SECONDS,
  modes: Modes,
  horizon: number,
  { onNotice }: Options,
): void {
  const seconds = SECONDS[kind] * horizon * modes.start.length;
  requireBudget([{ parameter: "horizon", value: horizon, bytes: 8 * horizon, seconds }], { onNotice });
}

/** L(t) − s2 at t = 0 … T. */
export interface ExcessCurve {
  readonly excess: Float64Array;
}

/**
 * L(t) − s2 at every step t = 0 … T (RF.2).
 * @throws InvalidParameterError; ConvergenceError where the loss leaves the range of numbers, and InterruptedError after
 *   an abort, both with the {@link ExcessCurve} so far as `partial`.
 */
export async function solveRecursion(
  modes: Modes,
  steps: Steps,
  options: Options = {},
): Promise<ExcessCurve> {
  checkCall({ modes, steps }, options);
  checkSteps(steps);
  const { rate, batch } = steps;
  const horizon = rate.length;
  requireSteps("plain", modes, horizon, options);
  const q = Float64Array.from(modes.start);
  const curve = new Float64Array(horizon + 1);
  let done = 0;
  const partial = () => ({ excess: curve.slice(0, done + 1) });
  const pacer = createPacer("second moments of SGD", horizon, options, partial);
  curve[0] = excess(q);
  for (let t = 0; t < horizon; t++) {
    const next = advanceModes(modes, q, rate[t], batch[t], curve[t]);
    if (!(next < Infinity)) throw diverged(t + 1, partial());
    curve[t + 1] = next;
    done = t + 1;
    if (pacer.due()) await pacer.pause(done);
  }
  return { excess: curve };
}

/** The loss beyond all bounds at a step. */
export function diverged(step: number, partial: ExcessCurve): ConvergenceError {
  return new ConvergenceError(`The loss grows without bound at step ${step}.`, {
    reached: step - 1,
    advice: "Take a learning rate below stabilityRate.",
    partial,
  });
}
