import { describe, expect, it } from "vitest";
import type { TwoTimeProblem } from "../../../src/chsck";
import { pureCovariance } from "../../../src/models/covariance";
import { createSchedule, type ScheduleSpec } from "../../../src/schedule";
import { leg, solveOn } from "./solved";

/** ln of the last rows over the ones before, of a run with its own distances of rows. */
async function lastDistances(schedule: ScheduleSpec | number, end: number, count: number, predicted = 3e-6) {
  const made = createSchedule(schedule);
  const problem: TwoTimeProblem = { covariance: pureCovariance(3), temperature: 1, schedule: made };
  const spacing = { transient: 0.075, late: 0.2, predicted };
  const { history } = await solveOn(problem, made.time(end), [leg(64, 15, 0, { spacing })]);
  const [{ rows, count: all }] = history.phases;
  return Array.from({ length: count }, (_, k) => rows.place[all - 1 - k] - rows.place[all - 2 - k]);
}

describe("the distances of rows that were solved", () => {
  it("are late ones where T_eff decays smoothly: rows closer than the nodes feed back on themselves", async () => {
    const constant = await lastDistances(0.3, 2e4, 5);
    const decaying = await lastDistances({ kind: "power-law", rate: 0.5, exponent: 0.2 }, 2e4, 5);
    for (const distances of [constant, decaying]) {
      expect(Math.min(...distances)).toBeGreaterThan(0.15);
      expect(Math.max(...distances)).toBeLessThan(0.2001);
    }
  });

  it("are shorter towards a horizon, at any age", async () => {
    const horizon = 300;
    const spec: ScheduleSpec = { kind: "polynomial-decay", rate: 1, horizon, exponent: 1 };
    const end = createSchedule(spec).clock(horizon);
    const distances = await lastDistances(spec, end * (1 - 1e-4), 5);
    expect(Math.max(...distances)).toBeLessThan(0.025);
  });
});
