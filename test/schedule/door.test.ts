import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import {
  createSchedule,
  decayExponent,
  type ScheduleSpec,
  scheduleFrom,
  scheduleKinds,
} from "../../src/schedule";
import { logUniform, runs } from "./specs";

/** The error a call throws, which must be an InvalidParameterError. */
function refusal(call: () => unknown): InvalidParameterError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidParameterError);
    return error as InvalidParameterError;
  }
  throw new Error("nothing was thrown");
}

describe("createSchedule at the door", () => {
  const wsd = {
    kind: "warmup-stable-decay",
    rate: 1,
    warmup: 1,
    decayStart: 2,
    horizon: 3,
    exponent: 1,
  } as const;
  it.each<[string, unknown]>([
    ["schedule", 0],
    ["schedule", Number.NaN],
    ["schedule", null],
    ["schedule", "cosine"],
    ["schedule.kind", { kind: "step", rate: 1 }],
    ["schedule.rate", { kind: "constant", rate: 0 }],
    ["schedule.rate", { kind: "cosine", rate: "1", horizon: 1 }],
    ["schedule.exponent", { kind: "power-law", rate: 1, exponent: -0.1 }],
    ["schedule.exponent", { kind: "power-law", rate: 1, exponent: 1, offset: 0 }],
    ["schedule.exponent", { kind: "clamped-power-law", rate: 1 }],
    ["schedule.offset", { kind: "power-law", rate: 1, exponent: 1, offset: -1 }],
    ["schedule.offset", { kind: "power-law", rate: 1, exponent: 100, offset: 1e-5 }],
    ["schedule.switchTime", { kind: "hold-then-decay", rate: 1, exponent: 1, switchTime: -1 }],
    ["schedule.unit", { kind: "hold-then-decay", rate: 1, exponent: 1, switchTime: 1, unit: 0 }],
    ["schedule.horizon", { kind: "polynomial-decay", rate: 1, exponent: 1, horizon: 0 }],
    ["schedule.horizon", { kind: "cosine", rate: 1, horizon: Infinity }],
    ["schedule.warmup", { ...wsd, warmup: -1 }],
    ["schedule.decayStart", { ...wsd, decayStart: 0.5 }],
    ["schedule.horizon", { ...wsd, horizon: 1.5 }],
    ["schedule.rate", { kind: "steps", rate: 0, factor: 0.1, times: [1] }],
    ["schedule.factor", { kind: "steps", rate: 1, factor: 0, times: [1] }],
    ["schedule.factor", { kind: "steps", rate: 1, factor: 1e-200, times: [1] }],
    ["schedule.times", { kind: "steps", rate: 1, factor: 0.1, times: [] }],
    ["schedule.times[0]", { kind: "steps", rate: 1, factor: 0.1, times: [0] }],
    ["schedule.times[1]", { kind: "steps", rate: 1, factor: 0.1, times: [2, 2] }],
    ["schedule.times", { kind: "tabulated", times: [0], rates: [1] }],
    ["schedule.times[0]", { kind: "tabulated", times: [1, 2], rates: [1, 1] }],
    ["schedule.times[2]", { kind: "tabulated", times: [0, 1, 1], rates: [1, 1, 1] }],
    ["schedule.rates", { kind: "tabulated", times: [0, 1], rates: [1] }],
    ["schedule.rates", { kind: "tabulated", times: [0, 1], rates: [0, 0] }],
    ["schedule.rates[1]", { kind: "tabulated", times: [0, 1], rates: [1, -1] }],
  ])("names %s for %j", (parameter, spec) => {
    expect(refusal(() => createSchedule(spec as ScheduleSpec)).parameter).toBe(parameter);
  });

  it("lists the kinds, and uses the caller's name", () => {
    const error = refusal(() =>
      createSchedule({ kind: "step" } as unknown as ScheduleSpec, "parameters.rate"),
    );
    expect(error.message).toBe(`parameters.rate.kind is "step"; allowed: one of ${scheduleKinds.join(", ")}`);
    const singular = { kind: "power-law", rate: 1, exponent: 1.2, offset: 0 } as const;
    expect(refusal(() => createSchedule(singular)).allowed).toMatch(/^below 1 when offset is 0/);
  });
});

describe("a schedule at the door", () => {
  it("refuses times and clocks that are negative or not finite, and reversed ranges", () => {
    const schedule = createSchedule(0.5);
    for (const bad of [-1e-9, Number.NaN, Infinity]) {
      expect(refusal(() => schedule.rate(bad)).parameter).toBe("t");
      expect(refusal(() => schedule.clock(bad)).parameter).toBe("t");
      expect(refusal(() => schedule.heat(bad)).parameter).toBe("t");
      expect(refusal(() => schedule.time(bad)).parameter).toBe("clock");
    }
    expect(refusal(() => schedule.clockBetween(2, 1)).parameter).toBe("b");
    expect(schedule.clockBetween(2, 2)).toBe(0);
  });

  it("says where a clock saturates", () => {
    const slow = createSchedule({ kind: "power-law", rate: 1, exponent: 3, offset: 2 });
    expect(slow.totalClock).toBe(1 / 8);
    expect(slow.end).toBe(Infinity);
    expect(slow.clock(1e18)).toBe(1 / 8);
    for (const clock of [1 / 8, 0.2]) {
      const error = refusal(() => slow.time(clock));
      expect(error.parameter).toBe("clock");
      expect(error.allowed).toBe("below 0.125, where the clock saturates as t goes to infinity");
    }
    const hold = createSchedule({ kind: "hold-then-decay", rate: 2, switchTime: 5, exponent: 2, unit: 3 });
    expect(hold.totalClock).toBe(16);
    expect(refusal(() => hold.time(16)).allowed).toMatch(/^below 16/);

    const ends = createSchedule({ kind: "polynomial-decay", rate: 3, horizon: 4, exponent: 2 });
    expect([ends.totalClock, ends.end, ends.time(4), ends.rate(9), ends.clock(9)]).toEqual([4, 4, 4, 0, 4]);
    expect(refusal(() => ends.time(4.01)).allowed).toBe("at most 4, where the clock saturates at t = 4");
  });

  it("does not hand out a time for a saturation value that is only approached", () => {
    const saturating = fc.record({ rate: logUniform(-3, 2), exponent: logUniform(-1, 1).map((x) => 1 + x) });
    fc.assert(
      fc.property(saturating, logUniform(-3, 3), ({ rate, exponent }, scale) => {
        for (const schedule of [
          createSchedule({ kind: "power-law", rate, exponent, offset: scale }),
          createSchedule({ kind: "hold-then-decay", rate, exponent, switchTime: 3, unit: scale }),
        ]) {
          expect(refusal(() => schedule.time(schedule.totalClock)).parameter).toBe("clock");
        }
      }),
      runs,
    );
  });

  it("says when a time is too large for a number", () => {
    const logarithmic = createSchedule({ kind: "power-law", rate: 1, exponent: 1 });
    expect(logarithmic.totalClock).toBe(Infinity);
    expect(logarithmic.time(700)).toBeCloseTo(Math.E ** 700 - 1, -294);
    expect(refusal(() => logarithmic.time(710)).allowed).toMatch(/reached at a time below 1.8e308/);
  });

  it("is singular at t = 0 with offset 0: the clock exists, the heat only below exponent 1/2", () => {
    const mild = createSchedule({ kind: "power-law", rate: 2, exponent: 0.25, offset: 0 });
    expect([mild.rate(0), mild.clock(0), mild.heat(0), mild.startExponent]).toEqual([Infinity, 0, 0, 0.25]);
    expect(mild.heat(9)).toBeCloseTo(4 * 2 * 3, 13);
    const strong = createSchedule({ kind: "power-law", rate: 2, exponent: 0.5, offset: 0 });
    expect([strong.heat(0), strong.heat(1), strong.heatBetween(0, 1)]).toEqual([0, Infinity, Infinity]);
    expect(strong.heatBetween(1, Math.E)).toBeCloseTo(4, 14);
    expect(strong.clock(9)).toBeCloseTo(12, 14);
    expect(createSchedule({ kind: "power-law", rate: 2, exponent: 0.5 }).startExponent).toBe(0);
  });
});

describe("what a schedule says of itself", () => {
  const specs: readonly [ScheduleSpec | number, string, readonly number[], number | undefined][] = [
    [0.5, "0.5", [], 0],
    [{ kind: "constant", rate: 0.5 }, "0.5", [], 0],
    [{ kind: "power-law", rate: 0.5, exponent: 0.4 }, "0.5 (1 + t)^-0.4", [], 0.4],
    [{ kind: "power-law", rate: 0.5, exponent: 0.4, offset: 0 }, "0.5 t^-0.4", [], 0.4],
    [{ kind: "clamped-power-law", rate: 0.5, exponent: 0.4 }, "0.5 min(1, t^-0.4)", [1], 0.4],
    [
      { kind: "hold-then-decay", rate: 0.5, switchTime: 8, exponent: 1 },
      "0.5 up to t = 8, then 0.5 (1 + t - 8)^-1",
      [8],
      1,
    ],
    [{ kind: "hold-then-decay", rate: 0.5, switchTime: 0, exponent: 1 }, "0.5 up to t = 0", [], 1],
    [{ kind: "polynomial-decay", rate: 0.5, horizon: 9, exponent: 2 }, "0.5 (1 - t/9)^2", [9], undefined],
    [{ kind: "cosine", rate: 0.5, horizon: 9 }, "0.5 (1 + cos(pi t/9))/2", [9], undefined],
    [{ kind: "steps", rate: 0.5, factor: 0.1, times: [2, 7] }, "0.5, times 0.1 at t = 2, 7", [2, 7], 0],
    [
      { kind: "tabulated", times: [0, 1, 2], rates: [1, 2, 1] },
      "piecewise linear through 3 points from t = 0 to 2",
      [1, 2],
      undefined,
    ],
  ];
  it.each(specs)("%j: label, kinks and late exponent", (spec, label, kinks, exponent) => {
    const schedule = createSchedule(spec);
    expect(schedule.label.startsWith(label)).toBe(true);
    expect(schedule.kinks).toEqual(kinks);
    expect(decayExponent(spec)).toBe(exponent);
  });

  it("has two rates at a jump, that after it and that before, counted from any start", () => {
    const spec = { kind: "steps", rate: 2, factor: 0.5, times: [1, 3] } as const;
    const schedule = createSchedule(spec);
    expect([0, 0.9, 1, 2, 3, 9].map(schedule.rate)).toEqual([2, 2, 1, 1, 0.5, 0.5]);
    expect([0, 0.9, 1, 2, 3, 9].map(schedule.rateBefore)).toEqual([2, 2, 2, 1, 1, 0.5]);
    expect([1, 3, 5].map(schedule.clock)).toEqual([2, 4, 5]);
    expect([1, 3, 5].map(schedule.heat)).toEqual([4, 6, 6.5]);
    const later = scheduleFrom(spec, 1);
    expect([0, 2, 3].map(later.rate)).toEqual([1, 0.5, 0.5]);
    expect([0, 2, 3].map(later.rateBefore)).toEqual([1, 1, 0.5]);
    expect([later.kinks, later.corners]).toEqual([[2], [2]]);
  });

  it("knows the corners of a table from the nodes at which it samples a curve", () => {
    const times = Array.from({ length: 201 }, (_, k) => k / 20);
    const corners = (rate: (t: number) => number) =>
      createSchedule({ kind: "tabulated", times, rates: times.map(rate) }).corners;
    expect(corners((t) => 0.5 * (1 + t) ** -0.4)).toEqual([10]);
    expect(corners((t) => 2 + Math.sin(t))).toEqual([10]);
    // A bend at a node, and one between two nodes.
    expect(corners((t) => 1 / (1 + Math.max(0, t - 4)))).toEqual([4, 10]);
    expect(corners((t) => 1 / (1 + Math.max(0, t - 4.02)))).toEqual([4, 4.05, 10]);
    const few = createSchedule({ kind: "tabulated", times: [0, 1, 2, 3], rates: [4, 3, 2, 1] });
    expect(few.corners).toEqual([1, 2, 3]);
  });

  it("leaves out the stretches of no length", () => {
    const bare = {
      kind: "warmup-stable-decay",
      rate: 2,
      warmup: 0,
      decayStart: 3,
      horizon: 3,
      exponent: 1,
    } as const;
    const schedule = createSchedule(bare);
    expect(schedule.kinks).toEqual([3]);
    expect([0, 3, 3.1].map(schedule.rate)).toEqual([2, 0, 0]);
    expect(schedule.rateBefore(3)).toBe(2);
    expect(schedule.totalClock).toBe(6);
  });
});
