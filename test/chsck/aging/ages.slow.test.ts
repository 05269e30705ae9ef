import { describe, expect, it } from "vitest";
import { solveAging, type TwoTimeProblem } from "../../../src/chsck";
import { pureCovariance } from "../../../src/models/covariance";
import { createSchedule } from "../../../src/schedule";

const quenched: TwoTimeProblem = {
  covariance: pureCovariance(3),
  temperature: 0,
  schedule: createSchedule(1),
};

describe("ages past the wall, p = 3, T = 0", () => {
  it("to s = 10⁸ at the default tolerance", async () => {
    const solution = await solveAging(quenched, { kind: "aging", until: 1e8 });
    expect(solution.notes).toEqual([]);
    const late = [
      [1e5, 0.7888093],
      [1e6, 0.7844084],
      [1e7, 0.782367],
      [1e8, 0.7814199],
    ];
    for (const [s, expected] of late) {
      const { value, error } = solution.estimate("correlation", s, s / 2);
      expect(Math.abs(value - expected)).toBeLessThan(1e-6);
      expect(error).toBeLessThan(1e-6);
      // Four terms of the expansion, fitted to rows of a finer grid up to 10⁶, have 0.781419911 at 10⁸.
      if (s === 1e8) expect(Math.abs(value - 0.781419911)).toBeLessThan(1.2 * error!);
    }
    const { series } = solution.sample([1e3, 1e4, 1e5, 1e6]);
    for (const [k, z] of [2.81937672223, 2.82647881993, 2.82800715108].entries()) {
      expect(Math.abs(series.multiplier[k] - z)).toBeLessThan(1e-7);
    }
    for (const [k, s] of [1e4, 1e5, 1e6].entries()) {
      const amplitude = (2 * Math.SQRT2 - series.multiplier[k + 1]) * s ** (2 / 3);
      expect(amplitude).toBeGreaterThan(0.904);
      expect(amplitude).toBeLessThan(0.906);
    }
    expect(Math.abs(1e4 * solution.response(1e4, 5e3) - 0.38932805464)).toBeLessThan(1e-6);
  });
});
