import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../../src/core/errors";
import { type ScheduleSpec, scheduleFrom } from "../../../src/schedule";
import { convexLateExponent, convexLoss, discreteLoss } from "../../../src/theory/convex";

const basin = (schedule: ScheduleSpec | number, startTime = 0, different = {}) => ({
  curvature: 1,
  temperature: 1,
  initialPosition: 3,
  startTime,
  ...different,
  schedule: scheduleFrom(schedule, startTime),
});
const power = (rate: number, exponent: number) => ({ kind: "power-law", rate, exponent, offset: 0 }) as const;

describe("convexLoss", () => {
  it("is a stationary process at a constant rate", () => {
    const { optimisation, noise, noiseError } = convexLoss(basin(0.3, 0, { curvature: 2 }), 5);
    const decay = Math.exp(-2 * 2 * 0.3 * 5);
    expect(optimisation).toBeCloseTo(9 * decay, 14);
    expect(Math.abs(noise - 0.15 * (1 - decay))).toBeLessThanOrEqual(noiseError);
    expect(noiseError).toBeLessThan(1e-13);
  });

  it.each([0.5, 1, 2, 4])("has its closed form for η0/t, a = 2κη0 = %d; at a = 1 with ln t", (a) => {
    for (const t of [3, 50, 1e4]) {
      const { noise, optimisation } = convexLoss(basin(power(a / 2, 1), 1), t);
      const square = (a / 2) ** 2;
      const exact = a === 1 ? (square * Math.log(t)) / t : (square / (a - 1)) * (1 / t - t ** -a);
      expect(Math.abs(noise / exact - 1)).toBeLessThan(1e-12);
      expect(Math.abs(optimisation / (4.5 * t ** -a) - 1)).toBeLessThan(1e-12);
    }
  });

  it("has twice the noise that the paper prints: its equation (2) gives 0.0116 at t = 50", () => {
    const { noise, optimisation } = convexLoss(basin(power(1, 1), 1), 50);
    expect(noise + optimisation).toBeCloseTo(0.0214, 12);
    expect(noise / 2 + optimisation).toBeCloseTo(0.0116, 12);
  });

  it.each([
    ["kinks", { kind: "hold-then-decay", rate: 0.5, switchTime: 4, exponent: 0.7 }],
    ["a horizon", { kind: "cosine", rate: 0.7, horizon: 9 }],
    ["a table", { kind: "tabulated", times: [0, 3, 3.5], rates: [0.2, 1, 0.1] }],
    ["a singular start", { kind: "power-law", rate: 0.5, exponent: 0.3, offset: 0 }],
  ] as const)("solves dM/dt = −2κηM + 2Tη² with %s", (_, spec) => {
    for (const startTime of [0, 1]) {
      const one = basin(spec, startTime);
      const loss = (t: number) => {
        const { optimisation, noise } = convexLoss(one, t);
        return optimisation + noise;
      };
      for (const t of [2, 3.8, 6, 8.9]) {
        const h = 1e-4;
        const rate = one.schedule.rate(t - startTime);
        const slope = (loss(t + h) - loss(t - h)) / (2 * h);
        expect(Math.abs(slope - (-2 * rate * loss(t) + rate * rate))).toBeLessThan(5e-6);
      }
      expect(loss(0)).toBe(4.5);
    }
  });

  it("refuses noise that is infinite at the start", () => {
    expect(() => convexLoss(basin(power(1, 0.6)), 1)).toThrow(InvalidParameterError);
    expect(convexLoss(basin(power(1, 0.6), 0, { temperature: 0 }), 1).noise).toBe(0);
    expect(() => convexLoss(basin(1), Number.NaN)).toThrow(/^t is/);
  });
});

describe("discreteLoss", () => {
  it("tends to the flow in first order of the step", () => {
    const one = basin(power(0.5, 0.5), 1);
    const { optimisation, noise } = convexLoss(one, 9);
    const distance = (steps: number) => {
      const times = Float64Array.from({ length: steps }, (_, k) => 1 + (8 * (k + 1)) / steps);
      return discreteLoss(one, times)[steps - 1] - optimisation - noise;
    };
    expect(distance(1000) / distance(2000)).toBeCloseTo(2, 1);
  });
});

describe("convexLateExponent", () => {
  it.each([0.3, 0.7])("is β = %d, seen at late times", (exponent) => {
    expect(convexLateExponent(1, 1, power(1, exponent))).toBe(exponent);
    const at = (t: number) => convexLoss(basin(power(1, exponent), 1), t).noise;
    expect(-Math.log2(at(2e6) / at(1e6))).toBeCloseTo(exponent, 2);
  });

  it("is min(1, 2η0κ) for η0/t; at T = 0 without bound for β < 1", () => {
    expect(convexLateExponent(1, 1, power(0.3, 1))).toBe(0.6);
    expect(convexLateExponent(1, 1, power(3, 1))).toBe(1);
    expect(convexLateExponent(1, 0, power(3, 1))).toBe(6);
    expect(convexLateExponent(1, 0, power(3, 0.5))).toBe(Infinity);
    expect(convexLateExponent(1, 1, { kind: "cosine", rate: 1, horizon: 5 })).toBeUndefined();
    expect(convexLateExponent(1, 1, power(1, 1.5))).toBeUndefined();
    const slow = { kind: "hold-then-decay", rate: 0.1, switchTime: 0, exponent: 1, unit: 4 } as const;
    expect(convexLateExponent(1, 1, slow)).toBeCloseTo(0.8, 12);
  });
});
