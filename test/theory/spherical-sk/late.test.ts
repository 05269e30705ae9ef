import { describe, expect, it } from "vitest";
import { createSchedule } from "../../../src/schedule";
import {
  crossoverClock,
  crossoverClockLeading,
  harmonicNoiseFactor,
  lateExcessLoss,
  lateExponent,
  visibleTime,
} from "../../../src/theory/spherical-sk";
import { hessianCrossingTime, solveSpectral } from "../../../src/volterra/spherical-sk";
import { decay, sphericalSk } from "../../volterra/spherical-sk/problem";

const late = (rate: number, exponent: number, different = {}) => ({
  temperature: 1,
  noise: 1,
  signal: 0 as const,
  spectrum: "semicircle" as const,
  size: null,
  initialOverlap: null,
  schedule: decay(rate, exponent),
  ...different,
});

describe("exponents at the times at which they are visible", () => {
  // −d ln(loss + 1)/d ln t at η0 = 0.1, T = 1 (figure 2), by an independent code.
  it.each([
    [
      0.2,
      [
        [1e3, 0.494],
        [1e4, 0.316],
        [1e6, 0.209],
      ],
    ],
    [
      0.3,
      [
        [1e4, 0.529],
        [1e6, 0.369],
      ],
    ],
    [
      0.4,
      [
        [1e4, 0.577],
        [1e8, 0.506],
        [1e14, 0.413],
      ],
    ],
    [
      0.5,
      [
        [1e2, 0.52],
        [1e4, 0.504],
        [1e6, 0.5],
      ],
    ],
    [0.6, [[1e4, 0.409]]],
    [
      0.8,
      [
        [1e4, 0.231],
        [1e6, 0.212],
      ],
    ],
  ] as const)("β = %d", async (exponent, expected) => {
    const until = 1.01 * expected[expected.length - 1][0];
    const solution = await solveSpectral(sphericalSk(decay(0.1, exponent)), { until });
    for (const [t, value] of expected) {
      const { excessLoss } = solution.sample([0.999 * t, 1.001 * t]).series;
      const local = -Math.log(excessLoss[1] / excessLoss[0]) / Math.log(1.001 / 0.999);
      expect(Math.abs(local - value)).toBeLessThan(0.001);
    }
  });

  it("tend to min(β, 1 − β), 1 − β at T = 0; 0 where the clock ends or the rate is hot", () => {
    expect(lateExponent(late(0.1, 0.3))).toBe(0.3);
    expect(lateExponent(late(0.1, 0.8))).toBeCloseTo(0.2, 14);
    expect(lateExponent(late(0.1, 0.3, { temperature: 0 }))).toBe(0.7);
    expect(lateExponent(late(0.1, 1.2))).toBe(0);
    expect(lateExponent(late(1.2, 0))).toBe(0);
    expect(lateExponent(late(0.9, 0))).toBe(0);
  });

  it("of a found signal is β, at β = 1 at most 2η0κ", () => {
    const planted = { signal: 1 as const, noise: 0.25, size: 3000 };
    expect(lateExponent(late(0.1, 0.8, planted))).toBe(0.8);
    expect(lateExponent(late(0.1, 1, planted))).toBeCloseTo(0.1125, 12);
    expect(lateExponent(late(2, 1, planted))).toBe(1);
    expect(lateExponent(late(2, 0.5, { ...planted, temperature: 0 }))).toBe(Infinity);
    // In the infinite system it is never found: excessLoss stays above 0.
    expect(lateExponent(late(0.1, 0.8, { ...planted, size: null }))).toBe(0);
  });

  it("show after t*, 2·10⁸ at β = 0.4", () => {
    const time = visibleTime(late(0.1, 0.4))!;
    expect(time / 1.85e8).toBeCloseTo(1, 1);
    // There both terms are equal.
    const { clock } = createSchedule({ kind: "power-law", rate: 0.1, exponent: 0.4, offset: 0 });
    expect((0.05 * time ** -0.4) / (3 / (8 * clock(time)))).toBeCloseTo(1, 12);
    expect(visibleTime(late(0.1, 0.5))).toBeUndefined();
    expect(visibleTime(late(0.1, 0.4, { temperature: 0 }))).toBeUndefined();
  });
});

describe("late losses", () => {
  it.each([
    [0.1, 0.8, 1, 1e6],
    [0.1, 0.5, 1, 1e6],
    [1, 1, 0.9, 1e30],
  ])("have the three terms of the expansion: η0 = %d, β = %d", async (rate, exponent, temperature, t) => {
    const problem = sphericalSk(decay(rate, exponent), { temperature });
    const solution = await solveSpectral(problem, { until: t });
    const { schedule } = problem;
    const heat = temperature * schedule.rate(t);
    const slope = (-temperature * exponent) / (1 + t);
    const exact = solution.sample([t]).series.excessLoss[0];
    expect(Math.abs(lateExcessLoss(heat, schedule.clock(t), slope, 1) / exact - 1)).toBeLessThan(
      2 / schedule.clock(t),
    );
  });

  it.each([
    [2, 1.3441],
    [4, 1.1445],
  ])("of a found signal at β = 1, η0 = %d are c·η0T/(2t), not η0T/(2t)", async (rate, expected) => {
    const planted = { signal: 1, noise: 0.25, spectrum: "semicircle" } as const;
    const factor = harmonicNoiseFactor(planted, rate)!;
    expect(Math.abs(factor - expected)).toBeLessThan(1e-4);
    const problem = sphericalSk(decay(rate, 1, 20), { ...planted, size: 3000, temperature: 0.2 });
    const solution = await solveSpectral(problem, { until: 1e6 });
    const exact = solution.sample([1e6]).series.excessLoss[0];
    expect(Math.abs(exact / ((rate * 0.2) / 2e6) / factor - 1)).toBeLessThan(0.01);
  });

  it("of a found signal at T = 0 fall as s^−3/2 e^{−2κs}, not s^−5/2", async () => {
    const problem = sphericalSk(1, { signal: 1, noise: 0.25, size: 3000, temperature: 0 });
    const solution = await solveSpectral(problem, { until: 24 });
    const { excessLoss } = solution.sample([16, 24]).series;
    const without = [16, 24].map((s, k) => excessLoss[k] * Math.exp(2 * 0.5625 * s));
    const ratio = without[1] / without[0];
    expect(ratio * 1.5 ** 1.5).toBeGreaterThan(0.96);
    expect(ratio * 1.5 ** 1.5).toBeLessThan(1);
    expect(ratio * 1.5 ** 2.5).toBeGreaterThan(1.4);
  });

  it("have no such factor where 2η0κ ≤ 1", () => {
    expect(harmonicNoiseFactor({ signal: 1, noise: 0.25, spectrum: "semicircle" }, 0.5)).toBeUndefined();
  });
});

describe("crossing times", () => {
  const planted = (noise: number, size: number | null = 3000) =>
    ({ noise, signal: 1, spectrum: "semicircle", size, spikeWeight: 1 }) as const;

  it("to leading order, and with the correction, against the half overlap at T = 0 and N = 10¹²", async () => {
    const noise = 0.25;
    expect(crossoverClockLeading(planted(noise, 1e12))).toBeCloseTo(24.56, 2);
    const implicit = crossoverClock(planted(noise, 1e12));
    expect(implicit).toBeCloseTo(20.343, 3);
    const problem = sphericalSk(1, { ...planted(noise, 1e12), temperature: 0 });
    const solution = await solveSpectral(problem, { until: 30 });
    expect(solution.events!.crossingTime[0]).toBeCloseTo(20.327, 3);
  });

  it("solve their own equation, and are infinite without a gap or a size", () => {
    const s = crossoverClock({ ...planted(0.6), spikeWeight: 0.5 });
    const left = 2 * 0.16 * s + 1.5 * Math.log(s) + Math.log(2 * Math.sqrt(8 * Math.PI) * 0.6 ** 1.5);
    expect(left).toBeCloseTo(Math.log(6000), 10);
    for (const none of [planted(1), planted(1.5), planted(0.5, null)]) {
      expect(crossoverClock(none)).toBe(Infinity);
      expect(crossoverClockLeading(none)).toBe(Infinity);
    }
  });

  it("z reaches the edge of the bulk before the outlier has half the weight", async () => {
    const problem = sphericalSk(decay(0.1, 0), { ...planted(1 - Math.SQRT1_2) });
    const time = hessianCrossingTime(problem);
    const solution = await solveSpectral(problem, { until: 100 });
    expect(solution.sample([time]).series.hessianLeftEdge[0]).toBeCloseTo(0, 8);
    expect(time).toBeLessThan(solution.events!.crossingTime[0]);
    expect(time).toBeGreaterThan(40);
    expect(hessianCrossingTime(sphericalSk(1, { ...planted(0.5, null) }))).toBe(Infinity);
    expect(hessianCrossingTime(sphericalSk(decay(0.1, 2), { ...planted(0.5) }))).toBe(Infinity);
  });
});
