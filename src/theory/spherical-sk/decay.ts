import type { SphericalSk } from "../../models/spherical-sk/problem";
import { decayExponent, type ScheduleSpec } from "../../schedule";

/** A schedule at late times: η ~ amplitude · t^−exponent. */
export interface LateDecay {
  readonly amplitude: number;
  readonly exponent: number;
}

/** Undefined for schedules that end at a horizon, steps and tables. */
export function lateDecay(spec: ScheduleSpec | number): LateDecay | undefined {
  const exponent = decayExponent(spec);
  if (exponent === undefined) return undefined;
  if (typeof spec === "number") return { amplitude: spec, exponent };
  const unit = spec.kind === "hold-then-decay" ? (spec.unit ?? 1) : 1;
  return { amplitude: "rate" in spec ? spec.rate * unit ** exponent : 0, exponent };
}

/** What the closed forms of late times need. */
export type LateProblem = Pick<
  SphericalSk,
  "temperature" | "noise" | "signal" | "spectrum" | "size" | "initialOverlap"
> & {
  readonly schedule: ScheduleSpec | number;
};
