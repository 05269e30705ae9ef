import { decayExponent, type ScheduleSpec } from "../schedule";

/** A schedule at late times: η ~ amplitude · t^−exponent. */
export interface LateDecay {
  readonly amplitude: number;
  readonly exponent: number;
}

/** Undefined for schedules that end at a horizon, and for tables. */
export function lateDecay(spec: ScheduleSpec | number): LateDecay | undefined {
  const exponent = decayExponent(spec);
  if (exponent === undefined) return undefined;
  if (typeof spec === "number") return { amplitude: spec, exponent };
  if (!("rate" in spec)) return undefined;
  if (spec.kind === "steps") return { amplitude: spec.rate * spec.factor ** spec.times.length, exponent };
  const unit = spec.kind === "hold-then-decay" ? (spec.unit ?? 1) : 1;
  return { amplitude: spec.rate * unit ** exponent, exponent };
}
