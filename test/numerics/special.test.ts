import cephes from "cephes";
import { beforeAll, describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { dawson } from "../../src/numerics/dawson";
import { digamma, trigammaOfHalf } from "../../src/numerics/digamma";
import { erf, erfc } from "../../src/numerics/special";

const relative = (value: number, truth: number) => Math.abs(value / truth - 1);

describe("special functions against Cephes", () => {
  beforeAll(() => cephes.compiled);

  /** Everywhere on (0, 26.6]: beyond it erfc is no longer a normal number. */
  const GRID = Array.from({ length: 2000 }, (_, k) => (k + 1) * 0.0133);
  const worst = (ours: (x: number) => number, theirs: (x: number) => number, grid: readonly number[]) =>
    Math.max(...grid.map((x) => relative(ours(x), theirs(x))));

  it("erf and erfc to a relative 1e-14, on both sides of 0", () => {
    expect(worst(erf, cephes.erf, GRID)).toBeLessThan(1e-14);
    expect(worst(erfc, cephes.erfc, GRID)).toBeLessThan(1e-14);
    const negative = GRID.map((x) => -x);
    expect(worst(erf, cephes.erf, negative)).toBeLessThan(1e-14);
    expect(worst(erfc, cephes.erfc, negative)).toBeLessThan(1e-14);
  });

  it("erfc(|z|/√2) is the two-sided tail of the normal distribution", () => {
    const tail = (z: number) => erfc(z * Math.SQRT1_2);
    const both = (z: number) => 2 * cephes.ndtr(-z);
    expect(worst(tail, both, [0.01, 0.5, 1, 1.96, 3, 5])).toBeLessThan(1e-14);
  });

  it("Dawson's integral to a relative 1e-14, from tiny to huge", () => {
    expect(worst(dawson, cephes.dawsn, [...GRID, 1e-8, 1e-4, 100, 1e4, 1e7])).toBeLessThan(1e-14);
  });

  it("digamma to 1e-14, relative where it is above 1", () => {
    for (const x of [1e-3, 0.01, ...GRID, 100, 1e3, 1e5]) {
      const truth = cephes.psi(x);
      expect(Math.abs(digamma(x) - truth)).toBeLessThan(1e-14 * Math.max(1, Math.abs(truth)));
    }
  });

  it("trigamma at halves of integers is Hurwitz' ζ(2, n/2) to 1e-13", () => {
    const halves = Array.from({ length: 400 }, (_, k) => k + 1);
    expect(worst(trigammaOfHalf, (n) => cephes.zeta(2, n / 2), halves)).toBeLessThan(1e-13);
  });
});

describe("erf and erfc", () => {
  // Independent values: 40-digit arithmetic, rounded to double precision.
  it.each([
    [1e-9, 1.1283791670955127e-9, 0.9999999988716208],
    [0.1, 0.1124629160182849, 0.887537083981715],
    [0.5, 0.5204998778130465, 0.4795001221869535],
    [0.9375, 0.8151024010343998, 0.1848975989656002],
    [1, 0.8427007929497149, 0.15729920705028513],
    [1.3125, 0.9365685747113888, 0.06343142528861129],
    [2, 0.9953222650189527, 0.004677734981047266],
    [3.5, 0.9999992569016276, 7.430983723414128e-7],
    [6, 1, 2.1519736712498913e-17],
    [11.47, 1, 3.5814062908962314e-59],
    [20.02, 1, 2.4211339706377105e-176],
    [25.77, 1, 8.474270720662436e-291],
  ])("erf and erfc of %d to 1e-14", (x, erfValue, erfcValue) => {
    expect(relative(erf(x), erfValue)).toBeLessThan(1e-14);
    expect(relative(erfc(x), erfcValue)).toBeLessThan(1e-14);
    expect(erf(-x)).toBe(-erf(x));
    expect(relative(erfc(-x), 1 + erfValue)).toBeLessThan(1e-14);
  });

  it("have the right slope across the switch of method", () => {
    for (const x of [0.95, 1, 1.05]) {
      const h = 1e-3;
      const slope = (8 * (erf(x + h) - erf(x - h)) - erf(x + 2 * h) + erf(x - 2 * h)) / (12 * h);
      expect(relative(slope, (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x))).toBeLessThan(1e-11);
    }
  });

  it("have their limits, and refuse NaN", () => {
    expect([erf(0), erfc(0), erf(Infinity), erfc(Infinity), erfc(-Infinity), erf(-Infinity)]).toEqual([
      0, 1, 1, 0, 2, -1,
    ]);
    expect(() => erf(Number.NaN)).toThrow(InvalidParameterError);
    expect(() => erfc(Number.NaN)).toThrow(InvalidParameterError);
  });
});

describe("dawson and digamma", () => {
  it("have the values of Dawson's integral and its differential equation", () => {
    // Values of mpmath, 20 digits.
    for (const [x, value] of [
      [1e-8, 1e-8],
      [0.1, 0.09933599239785286],
      [0.5, 0.4244363835020223],
      [0.9241388730045916, 0.5410442246351816],
      [3, 0.1782710306105583],
      [50, 0.010002001201201684],
    ]) {
      expect(Math.abs(dawson(x) / value - 1)).toBeLessThan(1e-14);
      expect(dawson(-x)).toBe(-dawson(x));
    }
    for (const x of [0.2, 0.3, 2, 7, 31]) {
      const h = 1e-3;
      const slope = (8 * (dawson(x + h) - dawson(x - h)) - dawson(x + 2 * h) + dawson(x - 2 * h)) / (12 * h);
      expect(slope).toBeCloseTo(1 - 2 * x * dawson(x), 10);
    }
  });

  it("have the values of the digamma function and its recurrence", () => {
    const gamma = 0.5772156649015329;
    expect(digamma(1)).toBeCloseTo(-gamma, 14);
    expect(digamma(0.5)).toBeCloseTo(-gamma - 2 * Math.LN2, 14);
    expect(digamma(10)).toBeCloseTo(2.251752589066721, 14);
    expect(digamma(123.4) - digamma(122.4)).toBeCloseTo(1 / 122.4, 14);
  });
});
