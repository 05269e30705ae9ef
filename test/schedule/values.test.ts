import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSchedule } from "../../src/schedule";
import { quadrature } from "./quadrature";
import { horizonSpecs, logUniform, powerSpecs, relative, runs } from "./specs";

describe("closed forms", () => {
  // offset, a, b, exponent, ∫η, ∫η², from 40-digit arithmetic, rounded to a double.
  it.each([
    [1, 0, 1e18, 1 + 1e-12, 41.44653167303384, 0.9999999999979998],
    [1, 0, 1e18, 1 - 1e-12, 41.44653167475171, 1.000000000002],
    [1, 0, 1e-12, 1 - 1e-12, 9.999999999995e-13, 9.99999999999e-13],
    [1, 0, 1e6, 1, 13.815511557963774, 0.999999000001],
    [1, 1e6, 1e6 + 1, 1 + 1e-12, 9.999984999885166e-7, 9.999969999793666e-13],
    [2.5, 1e-3, 1e18, 0.8, 19899.352425132, 0.9615691791007529],
    [1, 3, 1e12, 1.5, 0.999998, 0.03125],
    [0.01, 1e-12, 1e3, 3, 4999.9999985000095, 1999999998.9999993],
  ])("power law (%d + t) on [%d, %d], exponent %d", (offset, a, b, exponent, clock, heat) => {
    const schedule = createSchedule({ kind: "power-law", rate: 1, exponent, offset });
    expect(relative(schedule.clockBetween(a, b), clock)).toBeLessThan(1e-14);
    expect(relative(schedule.heatBetween(a, b), heat)).toBeLessThan(1e-14);
  });

  it.each([
    [0, 1e-9, 1e-9, 1e-9],
    [0, 100, 50, 37.5],
    [10, 60, 35.21837635739581, 26.629653147924213],
    [50, 50.001, 0.0004999921460172015, 0.00024999214610003077],
    [99, 100, 8.224264472565951e-5, 1.2174705822932119e-8],
    [99.999, 99.9995, 7.196586542170891e-14, 1.1795632116260883e-23],
    [99.99999, 100, 8.22467034207296e-20, 1.217613639857452e-33],
  ])("cosine with horizon 100 on [%d, %d]", (a, b, clock, heat) => {
    const schedule = createSchedule({ kind: "cosine", rate: 1, horizon: 100 });
    expect(relative(schedule.clockBetween(a, b), clock)).toBeLessThan(1e-14);
    expect(relative(schedule.heatBetween(a, b), heat)).toBeLessThan(1e-14);
  });

  it("near exponent 1 the clock is the series L Σ (qL)^k/(k+1)!, L = ln(1 + t), q = 1 − exponent", () => {
    const near = fc.tuple(logUniform(-16, -3), fc.constantFrom(-1, 1)).map(([size, sign]) => 1 + sign * size);
    fc.assert(
      fc.property(near, logUniform(-12, 18), (exponent, t) => {
        const log = Math.log1p(t);
        let [term, sum] = [log, 0];
        for (let k = 2; k < 30; k++) {
          sum += term;
          term *= ((1 - exponent) * log) / k;
        }
        const schedule = createSchedule({ kind: "power-law", rate: 1, exponent });
        expect(relative(schedule.clock(t), sum)).toBeLessThan(1e-14);
        expect(relative(schedule.time(sum), t)).toBeLessThan(1e-13);
      }),
      runs,
    );
  });

  it("warm-up, plateau and decay: areas of a triangle, a box and a parabola", () => {
    const schedule = createSchedule({
      kind: "warmup-stable-decay",
      rate: 2,
      warmup: 1,
      decayStart: 3,
      horizon: 6,
      exponent: 2,
    });
    expect([0.25, 0.5, 1, 2, 4.5, 6, 7].map(schedule.rate)).toEqual([0.5, 1, 2, 2, 0.5, 0, 0]);
    expect([0.5, 1, 3, 6, 7].map(schedule.clock)).toEqual([0.25, 1, 5, 7, 7]);
    expect(schedule.clock(4.5)).toBeCloseTo(5 + 2 * (1 - 1 / 8), 14);
    // 4/3 + 8 + 4·3/5
    expect(schedule.heat(6)).toBeCloseTo(4 / 3 + 8 + 12 / 5, 13);
    expect(schedule.kinks).toEqual([1, 3, 6]);
    expect([schedule.end, schedule.totalClock, schedule.time(7), schedule.time(0.25)]).toEqual([
      6, 7, 6, 0.5,
    ]);
  });

  it("hold, then decay: the formula on both sides of the switch", () => {
    const schedule = createSchedule({
      kind: "hold-then-decay",
      rate: 0.5,
      switchTime: 10,
      exponent: 0.5,
      unit: 4,
    });
    expect([5, 10, 22].map(schedule.rate)).toEqual([0.5, 0.5, 0.25]);
    expect(schedule.clock(22)).toBeCloseTo(5 + 0.5 * 4 * 2 * (2 - 1), 14);
    expect(schedule.heat(22)).toBeCloseTo(2.5 + 0.25 * 4 * Math.log(4), 14);
  });

  it("the clamped power law is t^-exponent from t = 1 on", () => {
    const schedule = createSchedule({ kind: "clamped-power-law", rate: 3, exponent: 0.4 });
    expect(schedule.rate(0.5)).toBe(3);
    expect(relative(schedule.rate(1e6), 3 * 1e6 ** -0.4)).toBeLessThan(1e-15);
    expect(relative(schedule.clock(1e6), 3 + (3 * (1e6 ** 0.6 - 1)) / 0.6)).toBeLessThan(1e-14);
  });
});

describe("against quadrature", () => {
  it("power laws: clockBetween and heatBetween to 1e-9", () => {
    fc.assert(
      fc.property(powerSpecs, logUniform(-6, 12), logUniform(-6, 2), (spec, a, width) => {
        const schedule = createSchedule(spec);
        const b = a * (1 + width);
        const kink = schedule.kinks[0] ?? 0;
        fc.pre(b <= kink || a >= kink);
        // Behind the switch the rate varies with the distance from it.
        const origin = a > kink ? kink : 0;
        fc.pre(a - origin > 1e-3 * a);
        expect(relative(schedule.clockBetween(a, b), quadrature(schedule.rate, a, b, origin))).toBeLessThan(
          1e-9,
        );
        const square = (t: number) => schedule.rate(t) ** 2;
        expect(relative(schedule.heatBetween(a, b), quadrature(square, a, b, origin))).toBeLessThan(1e-9);
      }),
      runs,
    );
  });

  it("horizons: clockBetween and heatBetween to 1e-9, up to the horizon", () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(horizonSpecs, unit, fc.oneof(unit, logUniform(-5, 0)), (spec, first, left) => {
        const schedule = createSchedule(spec);
        const [a, b] = [first, 1 - left].sort((x, y) => x - y).map((part) => part * spec.horizon);
        fc.pre(b - a > 1e-6 * spec.horizon && b < spec.horizon);
        // Towards the horizon the rate varies on the scale of the time left: integrate piece by piece in it.
        const integrate = (f: (t: number) => number) => {
          const cuts = [a, ...schedule.kinks.filter((kink) => kink > a && kink < b), b];
          const back = (left: number) => f(spec.horizon - left);
          let sum = 0;
          for (let k = 1; k < cuts.length; k++) {
            sum += quadrature(back, spec.horizon - cuts[k], spec.horizon - cuts[k - 1], 0);
          }
          return sum;
        };
        expect(relative(schedule.clockBetween(a, b), integrate(schedule.rate))).toBeLessThan(1e-9);
        expect(
          relative(
            schedule.heatBetween(a, b),
            integrate((t) => schedule.rate(t) ** 2),
          ),
        ).toBeLessThan(1e-9);
      }),
      runs,
    );
  });
});
