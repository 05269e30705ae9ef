import { describe, expect, it } from "vitest";
import type { TwoTimeProblem } from "../../../src/chsck";
import { pureCovariance } from "../../../src/models/covariance";
import { createSchedule, type ScheduleSpec } from "../../../src/schedule";
import { leg, solveOn } from "./solved";

interface Wanted {
  readonly temperature?: number;
  readonly end: number;
  readonly predicted?: number;
}

/** ln of the last five rows up to a clock over the ones before, by default the end, of a run with its own distances of rows. */
async function distancesOf(
  spec: ScheduleSpec | number,
  { temperature = 1, end, predicted = 3e-6 }: Wanted,
): Promise<(clock?: number) => readonly number[]> {
  const schedule = createSchedule(spec);
  const problem: TwoTimeProblem = { covariance: pureCovariance(3), temperature, schedule };
  const spacing = { transient: 0.13, late: 0.18, predicted };
  const { history } = await solveOn(problem, schedule.time(end), [leg(64, 15, 0, { spacing })]);
  const { rows, count } = history.phases[history.phases.length - 1];
  return (clock = Infinity) => {
    const last = rows.sigma.subarray(0, count).findLastIndex((sigma) => sigma <= clock);
    return Array.from({ length: 5 }, (_, k) => rows.place[last - k] - rows.place[last - k - 1]);
  };
}

const decaying: ScheduleSpec = { kind: "power-law", rate: 0.5, exponent: 0.2 };

describe("the distances of rows that were solved", () => {
  it("are late ones where T_eff decays smoothly: rows closer than the nodes feed back on themselves", async () => {
    const distances = await distancesOf(decaying, { end: 2e5 });
    expect(Math.max(...distances(5e3))).toBeLessThan(0.1);
    expect(Math.min(...distances())).toBeGreaterThan(0.15);
    expect(Math.max(...distances())).toBeLessThan(0.1801);
  });

  it("are shorter where a row is far from its prediction in the transient", async () => {
    const far = await distancesOf(decaying, { end: 5, predicted: 1 });
    const near = await distancesOf(decaying, { end: 5, predicted: 1e-7 });
    expect(Math.min(...far())).toBeGreaterThan(0.11);
    expect(Math.max(...near())).toBeLessThan(0.05);
  });

  it("are shorter towards a horizon, at any age", async () => {
    const spec: ScheduleSpec = { kind: "polynomial-decay", rate: 1, horizon: 6e4, exponent: 1 };
    const end = createSchedule(spec).clock(6e4) * (1 - 1e-4);
    const distances = await distancesOf(spec, { temperature: 0.3, end });
    expect(Math.max(...distances())).toBeLessThan(0.025);
  });
});
