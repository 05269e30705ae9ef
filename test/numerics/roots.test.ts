import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConvergenceError, InvalidParameterError } from "../../src/core/errors";
import { findRoot } from "../../src/numerics/roots";

describe("findRoot", () => {
  it.each<[string, (x: number) => number, number, number, number]>([
    ["x² − 2", (x) => x * x - 2, 0, 2, Math.SQRT2],
    ["cos x", Math.cos, 1, 2, Math.PI / 2],
    ["eˣ − 10", (x) => Math.exp(x) - 10, -700, 700, Math.LN10],
    ["a triple root", (x) => (x - 1) ** 3, 0, 3.3, 1],
    ["a pole next to the root", (x) => 1 - 1 / x, 0, 5, 1],
    ["a jump", (x) => (x < Math.E ? -1 : 1), 0, 100, Math.E],
    ["tiny numbers", (x) => x - 1e-12, 0, 1, 1e-12],
  ])("finds the root of %s to a relative 2e-14", (_, f, low, high, root) => {
    expect(Math.abs(findRoot(f, low, high) - root)).toBeLessThanOrEqual(2e-14 * root);
  });

  it("finds any root of a cubic that it brackets, from either side", () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), fc.boolean(), (root, down) => {
        const sign = down ? -1 : 1;
        const f = (x: number) => sign * (x - root) * (1 + (x - root) ** 2);
        expect(Math.abs(findRoot(f, -60, 70) - root)).toBeLessThanOrEqual(2e-14 * Math.abs(root) + 1e-26);
      }),
    );
  });

  it("never leaves its interval, whatever the function", () => {
    const tenths = fc.integer({ min: -10, max: 10 }).map((n) => n / 10);
    const kink = fc.tuple(tenths, fc.integer({ min: -900, max: 900 }));
    fc.assert(
      fc.property(fc.array(kink, { maxLength: 5 }), (kinks) => {
        const f = (x: number) => {
          expect(Math.abs(x)).toBeLessThanOrEqual(1);
          return kinks.reduce((sum, [at, slope]) => sum + Math.atan(slope * (x - at)), x);
        };
        if (f(-1) * f(1) >= 0) return;
        const root = findRoot(f, -1, 1);
        const step = 1e-9;
        expect(f(Math.max(-1, root - step)) * f(Math.min(1, root + step))).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });

  it("needs few evaluations on a smooth function", () => {
    let calls = 0;
    findRoot(
      (x) => {
        calls++;
        return Math.tanh(x) - 0.3;
      },
      -5,
      8,
    );
    expect(calls).toBeLessThan(16);
  });

  it("stops early when less is asked for", () => {
    const root = findRoot((x) => (x < Math.E ? -1 : 1), 0, 100, { tolerance: 1e-3 });
    expect(Math.abs(root / Math.E - 1)).toBeLessThan(1e-3);
    expect(Math.abs(root / Math.E - 1)).toBeGreaterThan(1e-8);
  });

  it("says so when there is no sign change or no number", () => {
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(ConvergenceError);
    expect(() => findRoot((x) => Math.log(x) - 1, -1, 5)).toThrow(ConvergenceError);
    expect(() => findRoot((x) => x, 2, 1)).toThrow(InvalidParameterError);
    expect(() => findRoot((x) => x, -1, 1, { tolerance: 0 })).toThrow("tolerance");
  });
});
