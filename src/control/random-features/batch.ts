import { between, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Modes } from "../../models/random-features/modes";
import { checkHorizon, type Steps } from "../../models/random-features/steps";
import { lossGradient } from "./adjoint";
import { identify } from "./kept";
import { descend } from "./kept-descent";
import { checkMemory } from "./learning-rate";

/**
 * Groups single samples into batches (RF.22): in the limit of small steps only η/m, the rate of a sample, counts, so that
 * consecutive samples with rates η_s make one step with m their number and η = Σ η_s, as many as fit under the cap. The
 * fewest steps that the cap allows for that schedule.
 * @param sampleRate the rate of every sample, none above the cap
 * @throws InvalidParameterError
 */
export function batchRamp(sampleRate: Float64Array, cap: number): Steps {
  positive("cap", cap);
  const rate: number[] = [];
  const batch: number[] = [];
  let [sum, count] = [0, 0];
  for (let s = 0; s < sampleRate.length; s++) {
    between(`sampleRate[${s}]`, sampleRate[s], 0, cap * (1 + 1e-12));
    if (count > 0 && sum + sampleRate[s] > cap) {
      rate.push(sum);
      batch.push(count);
      [sum, count] = [0, 0];
    }
    sum += sampleRate[s];
    count++;
  }
  if (count > 0) {
    rate.push(sum);
    batch.push(count);
  }
  return { rate: Float64Array.from(rate), batch: Float64Array.from(batch) };
}

/** How to choose rates and batches together. */
export interface JointSearch {
  /** T. */
  readonly steps: number;
  /** D = Σ m, at least T. */
  readonly samples: number;
  readonly cap: number;
  /** Relative gain of five steps together below which the search ends; default 1e-9. */
  readonly tolerance?: number;
}

/** The best rates and batches found. */
export interface JointOptimum extends Steps {
  readonly excess: number;
  readonly evaluations: number;
  /** Whether the search came to rest, rather than to the end of its evaluations. */
  readonly settled: boolean;
}

const EVALUATIONS = 4000;

/**
 * Learning rates and batch sizes (real numbers of at least 1) of T steps with D samples in all, least loss: L-BFGS on
 * η = cap/(1 + e^{−x}), m = 1 + (D − T) softmax(z), with the exact gradients (RF.9, RF.10, RF.23).
 * @throws InvalidParameterError; InterruptedError after an abort
 */
export async function jointOptimum(
  modes: Modes,
  search: JointSearch,
  options: Options = {},
): Promise<JointOptimum> {
  checkCall({ modes, search }, options);
  const { steps, samples, cap } = search;
  checkHorizon(steps);
  positive("cap", cap);
  const tolerance = between("tolerance", search.tolerance ?? 1e-9, 1e-14, 0.1);
  if (!(samples >= steps && samples < Infinity)) {
    throw new InvalidParameterError("samples", samples, `at least ${steps}, one a step`);
  }
  checkMemory(modes, steps);
  const spare = samples - steps;
  const decode = (x: Float64Array) => {
    const rate = x.subarray(0, steps).map((value) => cap / (1 + Math.exp(-value)));
    const z = x.subarray(steps);
    const top = z.reduce((most, value) => Math.max(most, value), -Infinity);
    const weights = z.map((value) => Math.exp(value - top));
    const total = weights.reduce((sum, value) => sum + value, 0);
    const share = weights.map((value) => value / total);
    return { rate, batch: share.map((value) => 1 + spare * value), share };
  };
  const start = new Float64Array(2 * steps);
  // Rates that fall, so that the last batches may grow.
  for (let t = 0; t < steps; t++) start[t] = 1 - (3 * t) / steps;
  const slopeAt = (x: Float64Array) => {
    const { rate, batch, share } = decode(x);
    const slope = lossGradient(modes, { rate, batch });
    const mean = share.reduce((sum, value, t) => sum + value * slope.batch[t], 0);
    const gradient = new Float64Array(2 * steps);
    for (let t = 0; t < steps; t++) {
      gradient[t] = (slope.rate[t] * rate[t] * (1 - rate[t] / cap)) / slope.excess;
      gradient[steps + t] = (spare * share[t] * (slope.batch[t] - mean)) / slope.excess; // RF.23
    }
    return { value: Math.log(slope.excess), gradient };
  };
  const label = "learning rates and batches";
  const identity = identify(label, { modes, steps, samples, cap });
  const how = { tolerance, evaluations: EVALUATIONS, firstStep: 0.5 };
  const { x, value, evaluations, settled } = await descend({ label, identity, start, how, slopeAt }, options);
  const { rate, batch } = decode(x);
  return { rate, batch, excess: Math.exp(value), evaluations, settled };
}
