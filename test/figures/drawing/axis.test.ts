import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisOf, linear, log, placeOn, tickText, valueAt } from "../../../src/figures/drawing/axis";

const logAxis = (values: number[], padding = 0.04) => axisOf(log("t", { padding }), values);
const linearAxis = (values: number[], padding = 0.04) => axisOf(linear("x", { padding }), values);

describe("axis", () => {
  it("puts logarithmic ticks at 1, 2, 5, and at powers of ten over a wide range", () => {
    expect(logAxis([0.1, 100], 0).ticks).toEqual([0.1, 1, 10, 100]);
    expect(logAxis([1, 20], 0).ticks).toEqual([1, 2, 5, 10, 20]);
    expect(logAxis([0.02, 0.5], 0).ticks).toEqual([0.02, 0.05, 0.1, 0.2, 0.5]);
  });

  it("puts round values on a logarithmic axis too short for those", () => {
    expect(logAxis([2.2, 4.1], 0).ticks).toEqual([2.5, 3, 3.5, 4]);
  });

  it("spans what it is to hold beside what is drawn, and no more than its ends", () => {
    expect(axisOf(linear("x", { holds: [0, 4], padding: 0 }), [1, 5]).domain).toEqual([0, 5]);
    expect(axisOf(linear("x", { ends: [1, 2] }), [0, 5]).domain).toEqual([1, 2]);
    expect(axisOf(log("x", { ends: [1, 100], padding: 0.5 }), [])).toMatchObject({
      domain: [0.1, 1000].map((end) => expect.closeTo(end, 9)),
    });
    expect(axisOf(linear("x", { ticks: [3] }), [0, 5]).ticks).toEqual([3]);
  });

  it("has fewer ticks where there is less room", () => {
    const axis = linear("x", { ends: [0, 0.55] });
    expect(axisOf(axis, []).ticks).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(axisOf(axis, [], 2).ticks).toEqual([0, 0.2, 0.4]);
    const horizons = log("T", { ends: [50, 4000] });
    expect(axisOf(horizons, []).ticks).toEqual([50, 100, 200, 500, 1000, 2000]);
    expect(axisOf(horizons, [], 5).ticks).toEqual([50, 100, 500, 1000]);
    expect(axisOf(horizons, [], 3).ticks).toEqual([100, 1000]);
    // One at 0.5 alone would not tell the scale.
    expect(axisOf(linear("x", { ends: [0.15, 0.8] }), [], 2).ticks).toEqual([0.2, 0.4, 0.6, 0.8]);
  });

  it("leaves out values that have no logarithm", () => {
    expect(logAxis([-1, 0, 1, 100], 0).domain).toEqual([1, 100]);
    expect(logAxis([]).domain).toEqual([1, 10]);
  });

  it("puts linear ticks at round steps", () => {
    expect(linearAxis([0, 1], 0.02).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearAxis([-0.71, -0.13], 0).ticks).toEqual([-0.7, -0.6, -0.5, -0.4, -0.3, -0.2]);
    // A norm of 1 with its rounding error.
    expect(linearAxis([1, 1 - 2 ** -53]).ticks).toEqual([0.9, 0.95, 1, 1.05, 1.1]);
  });

  it("holds all values, and has two ticks or more, also when all values are equal", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, (list) => {
        const { domain, ticks } = linearAxis(list);
        expect(Math.min(...list)).toBeGreaterThanOrEqual(domain[0]);
        expect(Math.max(...list)).toBeLessThanOrEqual(domain[1]);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it("finds the value at a place and back", () => {
    for (const axis of [linearAxis([-3, 7]), logAxis([0.01, 50])]) {
      for (const place of [0, 0.3, 1]) expect(placeOn(axis, valueAt(axis, place))).toBeCloseTo(place, 12);
    }
  });

  it("writes ticks in digits, far from 1 as powers", () => {
    expect([0, 0.001, -0.2, 5000, 1e4, 2e-5].map(tickText)).toEqual([
      "0",
      "0.001",
      "−0.2",
      "5000",
      "10⁴",
      "2·10⁻⁵",
    ]);
  });
});
