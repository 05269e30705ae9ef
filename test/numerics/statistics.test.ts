import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { combine, leastSquares } from "../../src/numerics/least-squares";
import { mean, meanCurve, standardError, variance } from "../../src/numerics/statistics";

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
