import { excess, type Modes } from "../../models/random-features/modes";
import type { Schedule } from "../../schedule";
import type { Segment } from "./segment";

/**
 * L − s2 of the continuous flow (RF.6) at the nodes of all segments: the product trapezoid rule in the clock x for the
 * Volterra equation. Its kernel is a sum of exponentials in x, so the memory is carried mode by mode instead of summed
 * again at every node: the same numbers for the work of one node, n K in all. The exponentials are integrated exactly
 * against a source that is linear in x between two nodes, so that steps may be far longer than the fast modes live.
 * @param breathe called at every node; what it returns is awaited.
 */
export async function trapezoid(
  modes: Modes,
  schedule: Schedule,
  batch: number,
  segments: readonly Segment[],
  breathe: () => Promise<void> | undefined = () => undefined,
): Promise<Float64Array> {
  const { eigenvalue, noiseWeight, floor } = modes;
  const q = Float64Array.from(modes.start);
  const right = new Float64Array(q.length);
  const values = new Float64Array(1 + segments.reduce((sum, { steps }) => sum + steps, 0));
  values[0] = excess(q);
  let node = 0;
  for (const { from, timeOf, steps } of segments) {
    let before = from;
    let rate = schedule.rate(from);
    for (let i = 1; i <= steps; i++) {
      const t = timeOf(i / steps);
      const clock = schedule.clockBetween(before, t);
      // The source η²/m L dt is η/m L dx.
      const kick = (rate / batch) * (floor + values[node]) * clock;
      rate = schedule.rateBefore(t);
      let sum = 0;
      let weight = 0;
      for (let k = 0; k < q.length; k++) {
        const z = 2 * eigenvalue[k] * clock;
        const last = rightWeight(z);
        const whole = 1 - z * last; // (1 − e^−z)/z
        q[k] += kick * noiseWeight[k] * (whole - last) - z * whole * q[k]; // RF.6, RF.7
        right[k] = noiseWeight[k] * last;
        sum += q[k];
        weight += right[k];
      }
      // The last node of the integral holds the unknown L itself.
      const half = (rate / batch) * clock;
      const loss = (floor + sum) / (1 - half * weight);
      for (let k = 0; k < q.length; k++) q[k] += half * loss * right[k];
      values[++node] = loss - floor;
      before = t;
      const pause = breathe();
      if (pause) await pause;
    }
  }
  return values;
}

/** ∫₀¹ e^{−z(1 − y)} y dy = (1 − (1 − e^−z)/z)/z, by its series where the difference would cancel. */
function rightWeight(z: number): number {
  if (z > 0.1) return (1 + Math.expm1(-z) / z) / z;
  let sum = 0;
  for (let j = 9; j >= 2; j--) sum = (1 - z * sum) / j;
  return sum;
}
