import { nonNegative, positive } from "../../core/check";
import type { ScheduleSpec } from "../../schedule";
import { lateDecay } from "../late-decay";

/**
 * Exponent of the mean loss ~ t^−exponent in a convex basin as t → ∞ (docs/equations.md, C3; learning-rate schedules paper, eq.
 * (3)): β for β < 1, min(1, 2η0κ) at β = 1 (at equality with a factor ln t), and at T = 0 Infinity for β < 1, 2η0κ
 * at β = 1. Undefined where the clock ends.
 */
export function convexLateExponent(
  curvature: number,
  temperature: number,
  schedule: ScheduleSpec | number,
): number | undefined {
  positive("curvature", curvature);
  nonNegative("temperature", temperature);
  const decay = lateDecay(schedule);
  if (decay === undefined || decay.exponent > 1) return undefined;
  const optimisation = decay.exponent < 1 ? Infinity : 2 * decay.amplitude * curvature;
  return Math.min(temperature > 0 ? decay.exponent : Infinity, optimisation);
}
