import { floats, integerAtLeast, nonNegative, oneOf, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Schedule } from "../../schedule";
import { checkBatch } from "./stability";

/** Learning rate and batch size of every step t = 0 … T − 1. */
export interface Steps {
  readonly rate: Float64Array;
  readonly batch: Float64Array;
}

/**
 * A batch size by the step. "ramp": m(t) = start (1 − t/T)^−exponent, rounded, at most `most`; the exponent of the optimal
 * ramp is 1 − 1/(2b) (RF.22), which is taken for null. "steps": sizes[j] from step times[j] on, times[0] = 0.
 */
export type BatchSpec =
  | number
  | {
      readonly kind: "ramp";
      readonly start: number;
      readonly exponent?: number | null;
      readonly most?: number | null;
    }
  | { readonly kind: "steps"; readonly sizes: readonly number[]; readonly times: readonly number[] };

/** Most steps of a run: their rates are held in memory. */
const MOST_STEPS = 1e7;

/** @throws InvalidParameterError */
export function checkHorizon(horizon: number): number {
  integerAtLeast("horizon", horizon, 1);
  if (horizon > MOST_STEPS) {
    throw new InvalidParameterError("horizon", horizon, `at most ${MOST_STEPS} steps, each taken one by one`);
  }
  return horizon;
}

/**
 * The batch size of every step.
 * @param spectrumExponent b, for the exponent of a ramp that has none
 * @throws InvalidParameterError, named like `batchSize.start`
 */
export function batchSizes(spec: BatchSpec, horizon: number, spectrumExponent: number): Float64Array {
  checkHorizon(horizon);
  const sizes = new Float64Array(horizon);
  if (typeof spec === "number") return sizes.fill(checkBatch("batchSize", spec));
  oneOf("batchSize.kind", record("batchSize", spec).kind, ["ramp", "steps"]);
  if (spec.kind === "ramp") {
    const { start, most } = spec;
    checkBatch("batchSize.start", start);
    const limit = most == null ? Infinity : checkBatch("batchSize.most", most);
    const exponent = nonNegative("batchSize.exponent", spec.exponent ?? 1 - 1 / (2 * spectrumExponent));
    return sizes.map((_, t) => Math.min(limit, Math.round(start * (1 - t / horizon) ** -exponent)));
  }
  const { times } = spec;
  checkTable(spec.sizes, times);
  for (const [j, size] of spec.sizes.entries()) sizes.fill(size, times[j], times[j + 1] ?? horizon);
  return sizes;
}

function checkTable(sizes: readonly number[], times: readonly number[]): void {
  if (sizes.length === 0 || times.length !== sizes.length || times[0] !== 0) {
    throw new InvalidParameterError("batchSize.times", times, "as many steps as sizes, the first one 0");
  }
  for (const [j, size] of sizes.entries()) {
    checkBatch(`batchSize.sizes[${j}]`, size);
    integerAtLeast(`batchSize.times[${j}]`, times[j], j === 0 ? 0 : times[j - 1] + 1);
  }
}

/**
 * The rate η(t) of every step.
 * @throws InvalidParameterError named `schedule` where it is singular at t = 0
 */
export function stepRates(schedule: Schedule, horizon: number): Float64Array {
  checkHorizon(horizon);
  if (record("schedule", schedule, ["rate"]).startExponent > 0) {
    const allowed = "a schedule that is finite at t = 0 (offset above 0): the first step is taken there";
    throw new InvalidParameterError("schedule", schedule.label, allowed);
  }
  return Float64Array.from({ length: horizon }, (_, t) => schedule.rate(t));
}

/** @throws InvalidParameterError unless all rates are at least 0, all batches at least 1, and as many. */
export function checkSteps(steps: Steps): void {
  const { rate, batch } = record("steps", steps);
  floats("batch", batch);
  integerAtLeast("rate.length", floats("rate", rate).length, 1);
  if (batch.length !== rate.length) {
    throw new InvalidParameterError("batch.length", batch.length, `${rate.length}, the number of rates`);
  }
  // Of millions of steps only a wrong one is given a name.
  const slow = rate.findIndex((value) => !(value >= 0 && value < Infinity));
  if (slow >= 0) nonNegative(`rate[${slow}]`, rate[slow]);
  const small = batch.findIndex((size) => !(size >= 1 && size < Infinity));
  if (small >= 0) checkBatch(`batch[${small}]`, batch[small]);
}
