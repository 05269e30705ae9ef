import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSchedule, type Schedule, type ScheduleSpec } from "../../src/schedule";
import { horizonSpecs, logUniform, powerSpecs, relative, runs, stepSpecs, tableSpecs } from "./specs";

/** Far end of what a schedule can be asked: a time below the horizon, or any decade. */
const timeIn = (spec: ScheduleSpec, decades: number, share: number) =>
  "horizon" in spec
    ? share * spec.horizon
    : "times" in spec
      ? share * spec.times[spec.times.length - 1]
      : decades;

const anySpec = fc.oneof(powerSpecs, horizonSpecs, stepSpecs, tableSpecs);
const share = fc.oneof(fc.double({ min: 0.001, max: 0.999, noNaN: true }), logUniform(-12, 0));

describe("the inverse of the clock", () => {
  /** A clock value the schedule reaches below t = 1e300: on any decade up to 1e4, or a part of its saturation. */
  const reachable = (schedule: Schedule, decades: number, part: number) => {
    const wanted = Number.isFinite(schedule.totalClock) ? 0.999 * part * schedule.totalClock : decades;
    return Math.min(wanted, schedule.clock(1e300));
  };

  it("returns s to 1e-12 for power laws of every exponent, from s = 1e-12 to 1e4", () => {
    fc.assert(
      fc.property(powerSpecs, logUniform(-12, 4), share, (spec, decades, part) => {
        const schedule = createSchedule(spec);
        const s = reachable(schedule, decades, part);
        expect(relative(schedule.clock(schedule.time(s)), s)).toBeLessThan(1e-12);
      }),
      { ...runs, numRuns: 2000 },
    );
  });

  it("returns s to 1e-12 for schedules with a horizon, from either end", () => {
    const fromTheEnd = logUniform(-14, 0).map((x) => 1 - x);
    fc.assert(
      fc.property(horizonSpecs, fc.oneof(share, fromTheEnd), (spec, part) => {
        const schedule = createSchedule(spec);
        const s = part * schedule.totalClock;
        const t = schedule.time(s);
        expect(Math.abs(schedule.clock(t) - s)).toBeLessThanOrEqual(1e-12 * s);
        expect(t).toBeLessThanOrEqual(spec.horizon);
      }),
      { ...runs, numRuns: 2000 },
    );
  });

  it("returns s to 1e-13 for steps, and the times of the jumps themselves", () => {
    fc.assert(
      fc.property(stepSpecs, logUniform(-6, 6), (spec, s) => {
        const schedule = createSchedule(spec);
        expect(relative(schedule.clock(schedule.time(s)), s)).toBeLessThan(1e-13);
        for (const t of spec.times) expect(relative(schedule.time(schedule.clock(t)), t)).toBeLessThan(1e-14);
      }),
      runs,
    );
  });

  it("returns s for tables, to 1e-12 and the spacing of the numbers t", () => {
    fc.assert(
      fc.property(tableSpecs, share, (spec, part) => {
        const schedule = createSchedule(spec);
        const s = part * schedule.clock(1.5 * schedule.end);
        const t = schedule.time(s);
        const spacing = 2 ** -52 * t * schedule.rate(t);
        expect(Math.abs(schedule.clock(t) - s)).toBeLessThanOrEqual(1e-12 * s + 2 * spacing);
      }),
      { ...runs, numRuns: 1000 },
    );
  });

  it("reaches t = 1e18 and beyond at exponent 0.8", () => {
    const schedule = createSchedule({ kind: "power-law", rate: 1, exponent: 0.8 });
    // s = 5 ((1 + t)^0.2 − 1), so t = 2001^5 − 1 at s = 1e4; exact in integers.
    expect(relative(schedule.time(1e4), Number(2001n ** 5n - 1n))).toBeLessThan(1e-13);
    const singular = createSchedule({ kind: "power-law", rate: 1, exponent: 0.8, offset: 0 });
    expect(relative(singular.time(1e4), 2000 ** 5)).toBeLessThan(1e-13);
    expect(relative(singular.clock(1e18), 5 * 10 ** 3.6)).toBeLessThan(1e-14);
  });

  it("gives the earliest time where the clock stands still", () => {
    const schedule = createSchedule({ kind: "tabulated", times: [0, 1, 3, 4, 6], rates: [2, 0, 0, 4, 0] });
    expect(schedule.clock(1)).toBe(1);
    expect(schedule.clock(3)).toBe(1);
    expect(schedule.time(1)).toBe(1);
    expect(schedule.time(1.5)).toBeCloseTo(3.5, 14); // 2 (t − 3)² = 1/2
    expect(schedule.totalClock).toBe(7);
    expect(schedule.time(7)).toBe(6);
    expect(schedule.clock(1e9)).toBe(7);
    expect(schedule.rate(1e9)).toBe(0);
    expect(() => schedule.time(7.001)).toThrow(
      /clock is 7.001; allowed: at most 7, where the clock saturates/,
    );
  });

  it("is at its last value from the horizon on, to the last digit", () => {
    fc.assert(
      fc.property(logUniform(-3, 2), logUniform(-3, 6), logUniform(-12, 2), (rate, horizon, more) => {
        const schedule = createSchedule({ kind: "cosine", rate, horizon });
        expect(schedule.clock(horizon)).toBe(schedule.totalClock);
        expect(schedule.clock(horizon * (1 + more))).toBe(schedule.totalClock);
      }),
      runs,
    );
  });

  it("starts a table at rate 0 with the square root of the clock", () => {
    const schedule = createSchedule({ kind: "tabulated", times: [0, 4, 5], rates: [0, 2, 2] });
    expect(relative(schedule.time(1e-12), 2e-6)).toBeLessThan(1e-15); // t²/4 = s
    expect(schedule.time(0)).toBe(0);
    expect(schedule.rate(100)).toBe(2);
    expect(schedule.clock(104)).toBeCloseTo(204, 12);
    expect(schedule.end).toBe(5);
    expect(schedule.totalClock).toBe(Infinity);
  });
});

describe("rate, clock and heat belong together", () => {
  it("the clock strictly increases where the rate is above 0", () => {
    fc.assert(
      fc.property(anySpec, logUniform(-9, 15), share, logUniform(-6, 0), (spec, decades, part, step) => {
        const schedule = createSchedule(spec);
        const a = timeIn(spec, decades, part);
        const b = a * (1 + step);
        const grows = schedule.clockBetween(a, b);
        if (schedule.rate((a + b) / 2) > 0 || schedule.rate(b) > 0) expect(grows).toBeGreaterThan(0);
        // Where it grows by less than its last digits, s(b) and s(a) are equal up to rounding.
        const clock = schedule.clock(a);
        if (grows > 1e-13 * clock) expect(schedule.clock(b)).toBeGreaterThan(clock);
        else expect(schedule.clock(b)).toBeGreaterThanOrEqual(clock * (1 - 2 ** -49));
        expect(schedule.clock(b)).toBeLessThanOrEqual(schedule.totalClock);
      }),
      { ...runs, numRuns: 1000 },
    );
  });

  it("the rate is the derivative of the clock, and its square that of the heat", () => {
    fc.assert(
      fc.property(anySpec, logUniform(-9, 15), share, (spec, decades, part) => {
        const schedule = createSchedule(spec);
        const t = timeIn(spec, decades, part);
        const scale = Math.min(t, ...[...schedule.kinks, schedule.end].map((kink) => Math.abs(kink - t)));
        fc.pre(scale > 1e-9 * t);
        const [a, b] = [t - 1e-4 * scale, t + 1e-4 * scale];
        const rate = schedule.rate(t);
        // Central differences: the error is (h²/6) η''/η ≤ 1e-8 · a few, for exponents up to 5.
        expect(Math.abs(schedule.clockBetween(a, b) / (b - a) - rate)).toBeLessThanOrEqual(1e-7 * rate);
        expect(Math.abs(schedule.heatBetween(a, b) / (b - a) - rate ** 2)).toBeLessThanOrEqual(
          1e-6 * rate ** 2,
        );
      }),
      { ...runs, numRuns: 1000 },
    );
  });

  it("the parts add up to the whole, across kinks", () => {
    fc.assert(
      fc.property(anySpec, logUniform(-9, 15), share, logUniform(-6, 3), (spec, decades, part, step) => {
        const schedule = createSchedule(spec);
        const a = timeIn(spec, decades, part);
        const b = a * (1 + step);
        const parts = schedule.clock(a) + schedule.clockBetween(a, b);
        expect(Math.abs(parts - schedule.clock(b))).toBeLessThanOrEqual(1e-13 * schedule.clock(b));
        if (schedule.startExponent >= 0.5) return;
        const heat = schedule.heat(a) + schedule.heatBetween(a, b);
        expect(Math.abs(heat - schedule.heat(b))).toBeLessThanOrEqual(1e-13 * schedule.heat(b));
      }),
      { ...runs, numRuns: 1000 },
    );
  });
});
