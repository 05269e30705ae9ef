import { finite, nonNegative, oneOf, record } from "../core/check";

/** η(t) = rate. */
export interface ConstantSpec {
  readonly kind: "constant";
  readonly rate: number;
}

/** η(t) = rate (offset + t)^-exponent; `offset` is 1 where left out. */
export interface PowerLawSpec {
  readonly kind: "power-law";
  readonly rate: number;
  readonly exponent: number;
  readonly offset?: number;
}

/** η(t) = rate min(1, t^-exponent). */
export interface ClampedPowerLawSpec {
  readonly kind: "clamped-power-law";
  readonly rate: number;
  readonly exponent: number;
}

/** η(t) = rate up to `switchTime`, then rate (1 + (t − switchTime)/unit)^-exponent; `unit` is 1 where left out. */
export interface HoldThenDecaySpec {
  readonly kind: "hold-then-decay";
  readonly rate: number;
  readonly switchTime: number;
  readonly exponent: number;
  readonly unit?: number;
}

/** η(t) = rate (1 − t/horizon)^exponent up to the horizon, then 0. */
export interface PolynomialDecaySpec {
  readonly kind: "polynomial-decay";
  readonly rate: number;
  readonly horizon: number;
  readonly exponent: number;
}

/** η(t) = rate (1 + cos(π t/horizon))/2 up to the horizon, then 0. */
export interface CosineSpec {
  readonly kind: "cosine";
  readonly rate: number;
  readonly horizon: number;
}

/**
 * Linear from 0 to `rate` on [0, warmup], `rate` up to `decayStart`, then
 * rate ((horizon − t)/(horizon − decayStart))^exponent up to the horizon, then 0.
 */
export interface WarmupStableDecaySpec {
  readonly kind: "warmup-stable-decay";
  readonly rate: number;
  readonly warmup: number;
  readonly decayStart: number;
  readonly horizon: number;
  readonly exponent: number;
}

/** η(t) = rate, times `factor` from each of the ascending `times` on: a jump at each. */
export interface StepsSpec {
  readonly kind: "steps";
  readonly rate: number;
  readonly factor: number;
  readonly times: readonly number[];
}

/** Linear between the points (times[k], rates[k]); times[0] = 0; the last rate holds after the last time. */
export interface TabulatedSpec {
  readonly kind: "tabulated";
  readonly times: readonly number[];
  readonly rates: readonly number[];
}

/** A learning-rate schedule η(t) as it stands in a config, t in the system's own time (or steps). */
export type ScheduleSpec =
  | ConstantSpec
  | PowerLawSpec
  | ClampedPowerLawSpec
  | HoldThenDecaySpec
  | PolynomialDecaySpec
  | CosineSpec
  | WarmupStableDecaySpec
  | StepsSpec
  | TabulatedSpec;

/** The names of all schedule kinds, as `kind` spells them. */
export const scheduleKinds: readonly ScheduleSpec["kind"][] = [
  "constant",
  "power-law",
  "clamped-power-law",
  "hold-then-decay",
  "polynomial-decay",
  "cosine",
  "warmup-stable-decay",
  "steps",
  "tabulated",
];

/**
 * The exponent β of η ~ t^-β at late times: 0 for a rate that is constant in the end, undefined for schedules that end at a
 * horizon and for tables.
 */
export function decayExponent(spec: ScheduleSpec | number): number | undefined {
  if (typeof spec === "number") return 0 * nonNegative("schedule", spec);
  oneOf("schedule.kind", record("schedule", spec).kind, scheduleKinds);
  switch (spec.kind) {
    case "constant":
    case "steps":
      return 0;
    case "power-law":
    case "clamped-power-law":
    case "hold-then-decay":
      return finite("schedule.exponent", spec.exponent);
    default:
      return undefined;
  }
}
