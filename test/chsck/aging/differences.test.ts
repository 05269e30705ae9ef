import { describe, expect, it } from "vitest";
import { backwardDifference, extrapolation, growthDifference } from "../../../src/chsck/aging/differences";

/** Rows at irregular distances of ln σ. */
const place = Float64Array.from([-1.1, -0.7, -0.4, 0, 0.15, 0.3, 0.4]);
const sigma = place.map(Math.exp);
const r = place.length - 1;
const apply = (weights: Float64Array, f: (x: number) => number, first = 0) =>
  weights.reduce((sum, weight, q) => sum + weight * f(place[r - first - q]), 0);
const power = (n: number) => (x: number) => x ** n;

describe("differences on rows at any distances", () => {
  it("of order four are exact for powers up to the fourth, and no further", () => {
    const weights = backwardDifference(place, r, 4);
    for (const n of [0, 1, 2, 3, 4]) {
      expect(apply(weights, power(n))).toBeCloseTo(n === 0 ? 0 : n * place[r] ** (n - 1), 12);
    }
    expect(Math.abs(apply(weights, power(5)) - 5 * place[r] ** 4)).toBeGreaterThan(1e-3);
  });

  it("of growth are exact for cubic polynomials and for σ", () => {
    const weights = growthDifference({ place, sigma }, r, 4);
    for (const n of [0, 1, 2, 3]) {
      expect(apply(weights, power(n))).toBeCloseTo(n === 0 ? 0 : n * place[r] ** (n - 1), 12);
    }
    expect(apply(weights, Math.exp)).toBeCloseTo(sigma[r], 12);
    expect(Math.abs(apply(backwardDifference(place, r, 4), Math.exp) - sigma[r])).toBeGreaterThan(1e-5);
  });

  it("extrapolate polynomials", () => {
    const weights = extrapolation(place, r, 5);
    for (const n of [0, 1, 2, 3, 4]) expect(apply(weights, power(n), 1)).toBeCloseTo(power(n)(place[r]), 12);
  });
});
