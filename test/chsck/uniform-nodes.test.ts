import { describe, expect, it } from "vitest";
import { solveUniform } from "../../src/chsck";
import { pureCovariance } from "../../src/models/covariance";
import { createSchedule } from "../../src/schedule";

describe("the nodes of the uniform grid", () => {
  it.each([
    ["extrapolated", { points: 24 }],
    ["refined to a tolerance", { tolerance: 1e-3 }],
    ["of one run", { points: 24, extrapolate: false }],
  ])("%s, row by row, have the values and errors that pairs have", async (_, accuracy) => {
    const schedule = createSchedule({ kind: "steps", rate: 0.5, factor: 0.5, times: [2] }, "schedule");
    const problem = { covariance: pureCovariance(3, "p"), temperature: 0.5, schedule };
    const solution = await solveUniform(problem, { kind: "uniform", until: 5, ...accuracy });
    const { time, row } = solution.nodes!;
    for (const quantity of ["correlation", "response"]) {
      for (const k of [1, 5, time.length - 1]) {
        const estimates = row!(quantity, k)!;
        expect(estimates).toHaveLength(k + 1);
        for (const [j, { value, error }] of estimates.entries()) {
          const pair = solution.estimate(quantity, time[k], time[j]);
          expect(Math.abs(value - pair.value)).toBeLessThan(1e-14);
          if (pair.error) expect(error! / pair.error).toBeCloseTo(1, 6);
          else expect(error).toBe(pair.error);
        }
      }
    }
    expect(row!("integratedResponse", 1)).toBeUndefined();
  });
});
