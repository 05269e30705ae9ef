import { describe, expect, it } from "vitest";
import { ConvergenceError } from "../../../src/core/errors";
import type { MomentumProblem } from "../../../src/models/label-noise-momentum/problem";
import { createLineFit, scalesOfMean } from "../../../src/simulate/label-noise-momentum/fits";
import { simulateMomentum } from "../../../src/simulate/label-noise-momentum/simulate";

const problem: MomentumProblem = {
  model: { kind: "uv", n: 10, samples: 5, inputVariance: 1, activation: "linear" },
  learningRate: 0.1,
  momentum: 1 - 0.2 * 0.1 ** 0.6,
  noise: 0.5,
  start: "manifold",
  projectStart: false,
  dataSeed: 1,
  threshold: 0.1,
};
const SEED = 20261122;

describe("fits", () => {
  it("a line through points on a line has its slope", () => {
    const fit = createLineFit();
    for (let x = 0; x < 50; x++) fit.add(x, 3 - 0.02 * x);
    expect(fit.slope()).toBeCloseTo(-0.02, 14);
  });
  it("a mean that decays exponentially settles where it crosses the level, and has that decay time", () => {
    const time = Float64Array.from({ length: 1001 }, (_, k) => k);
    const mean = time.map((k) => 2 - k / 100);
    expect(scalesOfMean(time, mean, -1.005)).toEqual({ settleTime: 300, decayTime: expect.closeTo(100, 9) });
    const sparse = time.filter((_, k) => k % 7 === 0);
    expect(
      scalesOfMean(
        sparse,
        sparse.map((k) => 2 - k / 100),
        -1.005,
      ).settleTime,
    ).toBeCloseTo(300.5, 9);
  });
  it("the last crossing counts, and a mean that never settles says so", () => {
    const time = Float64Array.from([0, 1, 2, 3, 4, 5]);
    expect(scalesOfMean(time, Float64Array.from([2, -1, 1, -1, -1, -1]), 0).settleTime).toBe(2);
    expect(scalesOfMean(time, Float64Array.from([2, 1, 1, -1, -1, 1]), 0).settleTime).toBe(Infinity);
    expect(scalesOfMean(time, Float64Array.from([-2, -1, -1, -1, -1, -1]), 0).settleTime).toBe(0);
  });
});

describe("simulated ensembles", () => {
  const run = (samples: number, rest: object = {}) =>
    simulateMomentum(problem, {
      samples,
      seed: SEED,
      until: 1000,
      times: [0, 100, 1000],
      keepCurves: true,
      ...rest,
    });

  it("a run depends on seed and number alone", async () => {
    const [few, many] = [await run(3), await run(5)];
    for (let sample = 0; sample < 3; sample++) {
      expect(few.curves!.radius[sample]).toEqual(many.curves!.radius[sample]);
      expect(few.events!.firstPassageTime[sample]).toBe(many.events!.firstPassageTime[sample]);
    }
    expect(few.series.radius[0]).toBeCloseTo(20, 12);
    expect(few.series.hessianTrace[1]).toBeCloseTo(few.series.radius[1] / 10, 12);
  });

  it("first passages are the first steps below the level", async () => {
    const { events, curves } = await run(2, { times: Array.from({ length: 1001 }, (_, k) => k) });
    for (const [sample, passage] of [...events!.firstPassageTime].entries()) {
      const curve = curves!.radius[sample];
      expect(curve.findIndex((x) => x < 1)).toBe(passage);
    }
  });

  it("time scales of the mean have bootstrap errors; what does not pass or settle is never", async () => {
    const { summary } = await run(40);
    expect(summary!.settleTime.value).toBeGreaterThan(100);
    expect(summary!.settleTime.standardError).toBeGreaterThan(1);
    expect(summary!.decayTime.standardError).toBeGreaterThan(0.1);
    const short = await simulateMomentum(problem, { samples: 3, seed: SEED, until: 20 });
    expect(short.summary!.settleTime.value).toBe(Infinity);
    expect([...short.events!.firstPassageTime]).toEqual([Infinity, Infinity, Infinity]);
    expect(short.notes![0]).toMatch(/3 of 3 runs had no first passage by step 20/);
  });

  it("weights that grow without bound are an error with the finished runs", async () => {
    const wild = { ...problem, learningRate: 1.5, momentum: 0.9, noise: 30 };
    const work = simulateMomentum(wild, { samples: 2, seed: SEED, until: 20_000, times: [1] });
    await expect(work).rejects.toThrow(ConvergenceError);
  });

  it.each([
    [{ samples: 0 }, /simulation.samples/],
    [{ until: 0 }, /simulation.until/],
    [{ times: [5, 2] }, /simulation.times\[1\]/],
    [{ times: [2000] }, /simulation.times\[0\]/],
  ])("%o is refused", async (rest, message) => {
    await expect(run(2, rest)).rejects.toThrow(message);
  });
});
