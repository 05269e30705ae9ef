import { excess, type Modes } from "../../models/random-features/modes";
import type { Schedule } from "../../schedule";

/** Equal steps between two neighbouring kinks of the schedule. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/**
 * L − s2 of the continuous flow (RF.6) at the nodes of all segments: the trapezoid rule in t for the Volterra equation. Its
 * kernel is a sum of exponentials in the clock, so the memory is carried mode by mode instead of summed again at every node:
 * the same numbers for the work of one node, n K in all.
 */
export function trapezoid(
  modes: Modes,
  schedule: Schedule,
  batch: number,
  segments: readonly Segment[],
): Float64Array {
  const { eigenvalue, noiseWeight, floor } = modes;
  const q = Float64Array.from(modes.start);
  const values = new Float64Array(1 + segments.reduce((sum, { steps }) => sum + steps, 0));
  values[0] = excess(q);
  const weight = excess(noiseWeight);
  const source = (rate: number) => rate ** 2 / batch;
  let node = 0;
  for (const { from, to, steps } of segments) {
    const h = (to - from) / steps;
    let left = source(schedule.rate(from));
    for (let i = 1; i <= steps; i++) {
      const t = i === steps ? to : from + i * h;
      const clock = schedule.clockBetween(from + (i - 1) * h, t);
      const right = source(schedule.rateBefore(t));
      const kick = 0.5 * h * left * (floor + values[node]);
      let sum = 0;
      for (let k = 0; k < q.length; k++) {
        q[k] = Math.exp(-2 * eigenvalue[k] * clock) * (q[k] + kick * noiseWeight[k]); // RF.6, RF.7
        sum += q[k];
      }
      // The last node of the integral holds the unknown L itself.
      const half = 0.5 * h * right;
      const loss = (floor + sum) / (1 - half * weight);
      for (let k = 0; k < q.length; k++) q[k] += half * loss * noiseWeight[k];
      values[++node] = loss - floor;
      left = right;
    }
  }
  return values;
}
