import { describe, expect, it } from "vitest";
import { solveAging, solveUniform } from "../../src/chsck";
import { allowMemory, requireBudget } from "../../src/core/budget";
import { pureCovariance } from "../../src/models/covariance";
import { createSchedule } from "../../src/schedule";
import { simulate } from "../../src/systems/calls";

const problem = { covariance: pureCovariance(3), temperature: 1, schedule: createSchedule(1) };

describe("a computation of more than ten minutes", () => {
  const told = (seconds: number, workers?: number) => {
    const notices: string[] = [];
    const pool = workers === undefined ? undefined : { workers, map: async () => [] };
    requireBudget([{ parameter: "until", value: 1, seconds }], {
      pool,
      onNotice: (notice) => void notices.push(notice),
    });
    return notices;
  };

  it("is told before it begins, in hours, and by the number of workers", () => {
    expect(told(7200)).toEqual(["this will take about 2 hours"]);
    expect(told(7200, 4)).toEqual(["this will take about 30 minutes"]);
    expect(told(599)).toEqual([]);
    expect(told(1300, 4)).toEqual([]);
  });

  it("as solvers and simulators are asked for it", async () => {
    const ended = AbortSignal.abort();
    const notices: string[] = [];
    const options = { signal: ended, onNotice: (notice: string) => void notices.push(notice) };
    await solveUniform(problem, { kind: "uniform", until: 10, points: 4000 }, options).catch(() => {});
    expect(notices).toEqual([expect.stringMatching(/^this will take about [\d.]+ (minutes|hours)$/)]);
    const steps = { kind: "steps", rate: 1, factor: 0.5, times: [10, 30, 100, 300, 1000, 3000] } as const;
    const jumps = { ...problem, temperature: 1, schedule: createSchedule(steps) };
    await solveAging(jumps, { kind: "aging", until: 1e4, tolerance: 1e-7 }, options).catch(() => {});
    expect(notices.splice(1)).toEqual([
      expect.stringMatching(/^this will take about [\d.]+ (minutes|hours)$/),
    ]);
    const convex = { system: "convex", parameters: { schedule: 1 } } as const;
    await simulate(convex, { samples: 1e6, seed: 1, until: 1e5, step: 0.1, times: [1] }, options).catch(
      () => {},
    );
    expect(notices).toHaveLength(2);
  });
});

describe("a grid that was asked for", () => {
  it("is refused where its triangles do not fit, by the parameter that asked", async () => {
    const before = allowMemory(1e8);
    try {
      const run = (more: object) => solveUniform(problem, { kind: "uniform", until: 10, ...more });
      await expect(run({ points: 2000 })).rejects.toMatchObject({ parameter: "method.points" });
      await expect(run({ step: 0.005 })).rejects.toMatchObject({ parameter: "method.step" });
      const aged = (more: object) => solveAging(problem, { kind: "aging", until: 1e6, ...more });
      await expect(aged({ points: 600 })).rejects.toMatchObject({ parameter: "method.points", value: 600 });
      await expect(aged({ tolerance: 1e-9 })).rejects.toMatchObject({ parameter: "method.tolerance" });
    } finally {
      allowMemory(before);
    }
  });
});
