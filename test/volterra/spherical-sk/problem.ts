import type { SphericalSk } from "../../../src/models/spherical-sk/problem";
import { createSchedule, type ScheduleSpec } from "../../../src/schedule";

/** The system without signal at temperature 1, with what differs. */
export function sphericalSk(
  schedule: ScheduleSpec | number,
  different: Partial<Omit<SphericalSk, "schedule">> = {},
): SphericalSk {
  return {
    temperature: 1,
    noise: 1,
    signal: 0,
    spectrum: "semicircle",
    size: null,
    spikeWeight: 1,
    initialOverlap: null,
    ...different,
    schedule: createSchedule(schedule),
  };
}

/** The schedule of the reference values, η0 (1 + max(0, t − ts))^−β. */
export const decay = (rate: number, exponent: number, switchTime = 0): ScheduleSpec => ({
  kind: "hold-then-decay",
  rate,
  exponent,
  switchTime,
});
