import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linearAxis, logAxis, placeOn, tickText, valueAt } from "../../../src/figures/drawing/axis";

describe("axis", () => {
  it("puts logarithmic ticks at 1, 2, 5, and at powers of ten over a wide range", () => {
    expect(logAxis("t", [0.1, 100], 0).ticks).toEqual([0.1, 1, 10, 100]);
    expect(logAxis("t", [1, 20], 0).ticks).toEqual([1, 2, 5, 10, 20]);
  });

  it("leaves out values that have no logarithm", () => {
    expect(logAxis("t", [-1, 0, 1, 100], 0).domain).toEqual([1, 100]);
    expect(logAxis("t", []).domain).toEqual([1, 10]);
  });

  it("puts linear ticks at round steps", () => {
    expect(linearAxis("C", [0, 1], 0.02).ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearAxis("loss", [-0.71, -0.13], 0).ticks).toEqual([-0.7, -0.6, -0.5, -0.4, -0.3, -0.2]);
    // A norm of 1 with its rounding error.
    expect(linearAxis("q", [1, 1 - 2 ** -53]).ticks).toEqual([0.9, 0.95, 1, 1.05, 1.1]);
  });

  it("holds all values, and has two ticks or more, also when all values are equal", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, (list) => {
        const { domain, ticks } = linearAxis("x", list);
        expect(Math.min(...list)).toBeGreaterThanOrEqual(domain[0]);
        expect(Math.max(...list)).toBeLessThanOrEqual(domain[1]);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it("finds the value at a place and back", () => {
    for (const axis of [linearAxis("x", [-3, 7]), logAxis("x", [0.01, 50])]) {
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
