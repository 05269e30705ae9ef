import { describe, expect, it } from "vitest";
import { weightedCurveStatistic } from "../../src/compare/bootstrap";
import { curveStatistic } from "../../src/compare/curve";
import { extrapolatedCurveStatistic, extrapolateSize, type SizedCurves } from "../../src/compare/extrapolate";
import { erfc } from "../../src/numerics/special";
import { mean } from "../../src/numerics/statistics";
import { createStreams } from "../../src/numerics/streams";

const SEED = 20261122;
const POINTS = 6;
const LIMIT = Float64Array.from({ length: POINTS }, (_, k) => 1 + 0.2 * k);
const SIZES = [50, 100, 200];

/** Curves with a bias 5/N and a noise common to all points of a curve. */
function ensembles(experiment: number, noise = 0.3): SizedCurves[] {
  return SIZES.map((size, g) => {
    const stream = createStreams(SEED).stream("data", experiment, g);
    const normals = new Float64Array(POINTS + 1);
    const curves = Array.from({ length: 30 }, () => {
      stream.fillNormal(normals);
      return LIMIT.map((value, k) => value + 5 / size + noise * (normals[k] + normals[POINTS]));
    });
    return { size, curves };
  });
}

describe("extrapolateSize", () => {
  it("is the weighted straight line in 1/N of the textbook", () => {
    const means = [2, 1.4, 1.25];
    const errors = [0.1, 0.05, 0.08];
    const groups = SIZES.map((size, g) => ({
      size,
      mean: Float64Array.of(means[g]),
      standardError: Float64Array.of(errors[g]),
    }));
    const sum = (f: (g: number) => number) => SIZES.reduce((s, _, g) => s + f(g) / errors[g] ** 2, 0);
    const x = SIZES.map((size) => 1 / size);
    const sxx = sum((g) => x[g] * x[g]);
    const sx = sum((g) => x[g]);
    const determinant = sum(() => 1) * sxx - sx * sx;
    const result = extrapolateSize(groups);
    expect(result.mean[0]).toBeCloseTo(
      (sxx * sum((g) => means[g]) - sx * sum((g) => x[g] * means[g])) / determinant,
      12,
    );
    expect(result.standardError[0]).toBeCloseTo(Math.sqrt(sxx / determinant), 12);
    const coefficients = result.coefficients.map((row) => row[0]);
    expect(coefficients.reduce((s, c) => s + c, 0)).toBeCloseTo(1, 12);
    expect(coefficients.reduce((s, c, g) => s + c * x[g], 0)).toBeCloseTo(0, 12);
  });

  it("removes powers of 1/N up to its order exactly, also where there is no scatter", () => {
    for (const order of [0, 1, 2]) {
      const groups = SIZES.map((size) => {
        const value = 3 - (order > 0 ? 7 / size : 0) + (order > 1 ? 90 / size ** 2 : 0);
        return { size, mean: Float64Array.of(value, value), standardError: Float64Array.of(0.1, 0) };
      });
      const { mean: limit, standardError } = extrapolateSize(groups, order);
      for (const value of limit) expect(value).toBeCloseTo(3, 11);
      expect(standardError[1]).toBe(0);
    }
  });

  it("has a standard error that matches the scatter of repeated ensembles", () => {
    const results = Array.from({ length: 200 }, (_, experiment) => extrapolateSize(ensembles(experiment)));
    const deviations = results.map((result) => (result.mean[2] - LIMIT[2]) / result.standardError[2]);
    expect(Math.abs(mean(deviations))).toBeLessThan(4 / Math.sqrt(200));
    // The variance of 200 squares is 2/200; 4 standard deviations.
    expect(Math.abs(mean(deviations.map((d) => d * d)) - 1)).toBeLessThan(0.4);
  });

  it("refuses too few sizes", () => {
    const [small, , large] = ensembles(0);
    expect(() => extrapolateSize([small])).toThrow("ensembles.length");
    expect(() => extrapolateSize([small, { ...large, size: 50 }])).toThrow("different sizes");
    expect(() => extrapolateSize([small, { ...large, size: 0 }])).toThrow("ensembles[1].size");
    expect(() => extrapolateSize([small, { ...large, curves: large.curves.map((c) => c.slice(1)) }])).toThrow(
      "length",
    );
  });
});

describe("extrapolatedCurveStatistic", () => {
  it("accepts the limit, rejects the biased curve of the largest size", () => {
    const groups = ensembles(1, 0.02);
    expect(extrapolatedCurveStatistic(LIMIT, groups).pValue).toBeGreaterThan(0.001);
    const biased = LIMIT.map((value) => value + 5 / 200);
    expect(curveStatistic(biased, groups[2].curves).pValue).toBeGreaterThan(0.001);
    expect(extrapolatedCurveStatistic(biased, groups).pValue).toBeLessThan(0.001);
    expect(curveStatistic(LIMIT, groups[2].curves).pValue).toBeLessThan(0.001);
  });

  it("measures in the standard error of the extrapolation", () => {
    const groups = ensembles(2);
    const { mean: limit, standardError } = extrapolateSize(groups);
    const { deviations } = extrapolatedCurveStatistic(LIMIT, groups, { resamples: 1 });
    for (let k = 0; k < POINTS; k++) {
      expect(deviations[k]).toBeCloseTo((LIMIT[k] - limit[k]) / standardError[k], 10);
    }
  });

  it("is the plain curve statistic for one size and order 0", () => {
    const [group] = ensembles(3);
    const one = extrapolatedCurveStatistic(LIMIT, [group], { order: 0, resamples: 300 });
    const plain = curveStatistic(LIMIT, group.curves, { resamples: 300 });
    expect(one.pValue).toBe(plain.pValue);
    expect(one.statistic).toBeCloseTo(plain.statistic, 11);
  });

  it("draws nothing from a size that has no weight", () => {
    const [small, , large] = ensembles(4);
    const groups = [
      { curves: large.curves, coefficient: LIMIT.map(() => 1) },
      { curves: small.curves, coefficient: LIMIT.map(() => 0) },
    ];
    const options = { resamples: 200 };
    expect(weightedCurveStatistic(LIMIT, groups, options)).toEqual(
      curveStatistic(LIMIT, large.curves, options),
    );
  });

  it("agrees with the normal tail for one point and many samples", () => {
    const groups = SIZES.map((size, g) => {
      const normals = new Float64Array(400);
      createStreams(SEED).stream("data", 99, g).fillNormal(normals);
      return { size, curves: Array.from(normals, (value) => Float64Array.of(value)) };
    });
    const { mean: limit, standardError } = extrapolateSize(groups);
    for (const z of [1, 2]) {
      const theory = Float64Array.of(limit[0] + z * standardError[0]);
      const { pValue } = extrapolatedCurveStatistic(theory, groups, { resamples: 2000 });
      const tail = erfc(z * Math.SQRT1_2);
      expect(Math.abs(pValue - tail)).toBeLessThan(4 * Math.sqrt((tail * (1 - tail)) / 2000));
    }
  });
});
