import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { combine, leastSquares } from "../../src/numerics/leastsquares";
import { erf, erfc } from "../../src/numerics/special";
import { mean, meanCurve, normalTail, standardError, variance } from "../../src/numerics/statistics";

const relative = (value: number, truth: number) => Math.abs(value / truth - 1);

describe("mean, variance, standard error", () => {
  it("agree with the numbers of a small example", () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(values)).toBe(5);
    expect(variance(values)).toBeCloseTo(32 / 7, 14);
    expect(standardError(values)).toBeCloseTo(Math.sqrt(4 / 7), 14);
  });

  it("give equal values back exactly, with variance 0, and survive a large offset", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        fc.integer({ min: 2, max: 50 }),
        (value, count) => {
          const values = new Float64Array(count).fill(value);
          expect(mean(values) - value).toBe(0); // +0 and -0 are equal values
          expect(variance(values)).toBe(0);
        },
      ),
    );
    expect(variance([1e9, 1e9 + 1, 1e9 + 2])).toBe(1);
  });

  it("work curve by curve", () => {
    const { mean: m, standardError: e } = meanCurve([Float64Array.of(1, 10), Float64Array.of(3, 10)]);
    expect(Array.from(m)).toEqual([2, 10]);
    expect(Array.from(e)).toEqual([1, 0]);
    expect(() => meanCurve([[1, 2], [3]])).toThrow("curves[1].length");
    expect(() => meanCurve([[1, 2]])).toThrow(InvalidParameterError);
    expect(() => mean([])).toThrow("values.length");
    expect(() => variance([1])).toThrow("values.length");
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

  it("give the two-sided tail of the normal distribution", () => {
    expect(normalTail(0)).toBe(1);
    expect(relative(normalTail(-1.959963984540054), 0.05)).toBeLessThan(1e-13);
    expect(relative(normalTail(3), 0.0026997960632601866)).toBeLessThan(1e-14);
  });
});

describe("leastSquares", () => {
  it("returns the parabola that the data lie on, and the covariance (XᵀWX)⁻¹", () => {
    const x = [0.1, 0.2, 0.5, 0.7, 1];
    const sigma = [1, 2, 0.5, 3, 1];
    const columns = [0, 1, 2].map((power) => x.map((value) => value ** power));
    const { combination, covariance } = leastSquares(columns, sigma);
    const y = x.map((value) => 3 - 2 * value + 5 * value * value);
    for (const [j, c] of [3, -2, 5].entries()) expect(combine(combination[j], y)).toBeCloseTo(c, 11);
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        // covariance · XᵀWX = 1, and independent errors propagate to the same covariance.
        let identity = 0;
        for (let m = 0; m < 3; m++) {
          identity += covariance[i][m] * x.reduce((s, v, p) => s + (v ** m * v ** j) / sigma[p] ** 2, 0);
        }
        expect(identity).toBeCloseTo(i === j ? 1 : 0, 10);
        const propagated = sigma.reduce((s, e, p) => s + combination[i][p] * combination[j][p] * e * e, 0);
        expect(relative(propagated, covariance[i][j])).toBeLessThan(1e-11);
      }
    }
  });

  it("refuses dependent columns and too few points", () => {
    expect(() =>
      leastSquares(
        [
          [1, 1, 1],
          [2, 2, 2],
        ],
        [1, 1, 1],
      ),
    ).toThrow("columns[1]");
    expect(() => leastSquares([[1], [2]], [1])).toThrow("sigma.length");
  });
});
