import { InvalidParameterError } from "../core/errors";
import type { Schedule } from "../schedule";

/** The times at which a simulation stands: 0 = nodes[0] < … < nodes[last] = until. */
export interface StepList {
  readonly nodes: Float64Array;
  /** The node at a time that the list was made to contain. */
  indexOf(time: number): number;
}

/** Nearer than this, in units of the step, two times are one node. */
const SAME = 1e-9;
const MOST_STEPS = 1e8;

/**
 * Steps of length `step` up to `until`, the schedule's corners, and the times in `exact`, so that nothing is
 * interpolated. Where the rate is singular at t = 0 (~ t^−β) the first step is cut into ⌈1/(1−β)⌉ parts, equal in
 * the clock: none is then longer in the clock than the first step would be at the rate at its end.
 * @throws InvalidParameterError named `simulation.step` for more than 10⁸ steps.
 */
export function createStepList(
  schedule: Schedule,
  until: number,
  step: number,
  exact: readonly number[],
): StepList {
  const count = Math.ceil(until / step);
  if (count > MOST_STEPS) {
    throw new InvalidParameterError("simulation.step", step, `at least until/${MOST_STEPS}`);
  }
  const same = SAME * step;
  const required = [...startTimes(schedule, Math.min(step, until)), ...exact, ...schedule.corners, until]
    .filter((time) => time > 0 && time <= until)
    .sort((a, b) => a - b);

  const nodes = [0];
  let next = 0;
  const add = (time: number) => {
    if (time - nodes[nodes.length - 1] > same) nodes.push(time);
  };
  for (let k = 1; k <= count; k++) {
    const regular = k * step;
    while (next < required.length && required[next] <= regular + same) add(required[next++]);
    if (regular < until - same) add(regular);
  }
  // k·step may round to just below the end.
  while (next < required.length) add(required[next++]);
  const list = Float64Array.from(nodes);
  return { nodes: list, indexOf: (time) => nearest(list, time) };
}

function startTimes(schedule: Schedule, step: number): number[] {
  if (schedule.startExponent === 0) return [];
  // 1/(1 − 0.8) is a little above 5 in floating point.
  const parts = Math.ceil(1 / (1 - schedule.startExponent) - SAME);
  const clock = schedule.clock(step);
  return Array.from({ length: parts - 1 }, (_, k) => schedule.time((clock * (k + 1)) / parts));
}

function nearest(nodes: Float64Array, time: number): number {
  let low = 0;
  let high = nodes.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (nodes[middle] <= time) low = middle;
    else high = middle;
  }
  return time - nodes[low] <= nodes[high] - time ? low : high;
}
