import { nonNegative } from "../core/check";
import { createSchedule, type Schedule } from "./schedule";
import type { ScheduleSpec } from "./spec";

/**
 * The schedule of a dynamics that begins at `startTime`, counted from there: rate(t) is the spec's η(startTime + t), and the clock is
 * 0 at t = 0. So η0 t^−β is possible for every β ≥ 0 from startTime > 0 on.
 * @throws InvalidParameterError as {@link createSchedule} does, and for a start that is negative or not before the end.
 */
export function scheduleFrom(spec: ScheduleSpec | number, startTime: number, name = "schedule"): Schedule {
  nonNegative("startTime", startTime);
  if (startTime === 0) return createSchedule(spec, name);
  if (typeof spec === "object" && spec.kind === "power-law") {
    return createSchedule({ ...spec, offset: (spec.offset ?? 1) + startTime }, name);
  }
  const whole = createSchedule(spec, name);
  const from = whole.clock(startTime);
  const later = (times: readonly number[]) => times.filter((t) => t > startTime).map((t) => t - startTime);
  return {
    rate: (t) => whole.rate(startTime + t),
    rateBefore: (t) => (t === 0 ? whole.rate(startTime) : whole.rateBefore(startTime + t)),
    clock: (t) => whole.clockBetween(startTime, startTime + t),
    clockBetween: (a, b) => whole.clockBetween(startTime + a, startTime + b),
    time: (clock) => (clock === 0 ? 0 : whole.time(Math.min(from + clock, whole.totalClock)) - startTime),
    heat: (t) => whole.heatBetween(startTime, startTime + t),
    heatBetween: (a, b) => whole.heatBetween(startTime + a, startTime + b),
    kinks: later(whole.kinks),
    corners: later(whole.corners),
    totalClock: whole.totalClock - from,
    end: whole.end - startTime,
    startExponent: 0,
    label: `${whole.label} from t = ${startTime}`,
  };
}
