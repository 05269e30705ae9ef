import { describe, expect, it } from "vitest";
import { curveStatistic } from "../../src/compare/curve";
import { InvalidParameterError } from "../../src/core/errors";
import { erfc } from "../../src/numerics/special";
import { mean, meanCurve, standardError } from "../../src/numerics/statistics";
import { createStreams } from "../../src/numerics/streams";

const SEED = 20261122;
const POINTS = 10;
const TRUTH = Float64Array.from({ length: POINTS }, (_, k) => 2 / (1 + k));

/** Sample curves around the truth whose noise is correlated from point to point, as times of one run are. */
function sampleCurves(samples: number, experiment: number, points = POINTS): Float64Array[] {
  const stream = createStreams(SEED).stream("data", experiment);
  const noise = new Float64Array(points);
  return Array.from({ length: samples }, () => {
    stream.fillNormal(noise);
    let memory = noise[0];
    return noise.map((value, k) => {
      if (k > 0) memory = 0.8 * memory + 0.6 * value;
      return (TRUTH[k] ?? 0) + 0.3 * memory;
    });
  });
}

/** Kolmogorov's distance between the values and a uniform distribution on [0, 1]. */
function distanceFromUniform(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  return Math.max(...sorted.map((value, i) => Math.max(value - i / n, (i + 1) / n - value)));
}

describe("curveStatistic", () => {
  it("is the largest |theory − mean|/SE, deviations with their sign", () => {
    const curves = sampleCurves(12, 0);
    const { statistic, deviations } = curveStatistic(TRUTH, curves, { resamples: 1 });
    for (let k = 0; k < POINTS; k++) {
      const values = curves.map((curve) => curve[k]);
      expect(deviations[k]).toBeCloseTo((TRUTH[k] - mean(values)) / standardError(values), 11);
    }
    expect(statistic).toBe(Math.max(...deviations.map(Math.abs)));
  });

  it("has uniform p-values for a true theory and correlated curves", () => {
    const repeats = 200;
    const pValues = Array.from(
      { length: repeats },
      (_, experiment) => curveStatistic(TRUTH, sampleCurves(40, experiment), { resamples: 400 }).pValue,
    );
    // 0.1 % point of Kolmogorov's distribution.
    expect(distanceFromUniform(pValues)).toBeLessThan(1.95 / Math.sqrt(repeats));
  });

  it("has uniform p-values when the theory is statistical too", () => {
    const repeats = 200;
    const theoryError = new Float64Array(POINTS).fill(0.1);
    const stream = createStreams(SEED).stream("perturbation", 0);
    const noise = new Float64Array(POINTS);
    const pValues = Array.from({ length: repeats }, (_, experiment) => {
      stream.fillNormal(noise);
      const theory = TRUTH.map((value, k) => value + 0.1 * noise[k]);
      return curveStatistic(theory, sampleCurves(40, experiment), { theoryError, resamples: 400 }).pValue;
    });
    expect(distanceFromUniform(pValues)).toBeLessThan(1.95 / Math.sqrt(repeats));
  });

  it("has uniform p-values when the theory is a mean of curves", () => {
    const repeats = 200;
    const pValues = Array.from({ length: repeats }, (_, experiment) => {
      const theoryCurves = sampleCurves(25, repeats + experiment);
      const theory = meanCurve(theoryCurves).mean;
      return curveStatistic(theory, sampleCurves(40, experiment), { theoryCurves, resamples: 400 }).pValue;
    });
    expect(distanceFromUniform(pValues)).toBeLessThan(1.95 / Math.sqrt(repeats));
  });

  it("has uniform p-values when the theory's error is an estimate from a few samples", () => {
    const repeats = 400;
    const pValues = (theorySamples: number | undefined) =>
      Array.from({ length: repeats }, (_, experiment) => {
        const { mean: theory, standardError: theoryError } = meanCurve(
          sampleCurves(4, repeats + experiment, 1),
        );
        const curves = sampleCurves(60, experiment, 1);
        return curveStatistic(theory, curves, { theoryError, theorySamples, resamples: 300 }).pValue;
      });
    const estimated = pValues(4);
    expect(distanceFromUniform(estimated)).toBeLessThan(1.95 / Math.sqrt(repeats));
    // The tail tells: taken as known, the error rejects a true theory too often.
    const excess = (values: readonly number[]) =>
      (values.filter((p) => p < 0.05).length / repeats - 0.05) / Math.sqrt((0.05 * 0.95) / repeats);
    expect(Math.abs(excess(estimated))).toBeLessThan(4);
    expect(excess(pValues(undefined))).toBeGreaterThan(4);
  });

  it("agrees with the normal tail for one point and many samples", () => {
    const curves = sampleCurves(500, 5, 1);
    const error = standardError(curves.map((curve) => curve[0]));
    const centre = mean(curves.map((curve) => curve[0]));
    for (const z of [0.5, 1, 2]) {
      const { statistic, pValue } = curveStatistic(Float64Array.of(centre + z * error), curves, {
        resamples: 2000,
      });
      expect(statistic).toBeCloseTo(z, 10);
      const tail = erfc(z * Math.SQRT1_2);
      expect(Math.abs(pValue - tail)).toBeLessThan(4 * Math.sqrt((tail * (1 - tail)) / 2000));
    }
  });

  it("rejects a shifted theory at the smallest p-value there is", () => {
    const curves = sampleCurves(40, 1);
    const shifted = TRUTH.map((value, k) => value + (k === 4 ? 0.6 : 0));
    const { statistic, pValue } = curveStatistic(shifted, curves);
    expect(statistic).toBeGreaterThan(8);
    expect(pValue).toBe(1 / 10_001);
  });

  it("is the same every time", () => {
    const curves = sampleCurves(20, 2);
    expect(curveStatistic(TRUTH, curves)).toEqual(curveStatistic(TRUTH, curves));
  });

  it("counts a point without scatter as equal or as infinitely far", () => {
    const curves = sampleCurves(20, 3).map((curve) => curve.with(0, 1));
    const fixed = TRUTH.with(0, 1);
    const equal = curveStatistic(fixed, curves, { resamples: 500 });
    expect(equal.deviations[0]).toBe(0);
    expect(equal.statistic).toBeLessThan(5);
    expect(curveStatistic(fixed.with(0, 1 + 2 ** -50), curves, { resamples: 500 })).toEqual(equal);
    const different = curveStatistic(fixed.with(0, 0.9), curves, { resamples: 99 });
    expect(different.deviations[0]).toBe(-Infinity);
    expect(different.pValue).toBe(0.01);
  });

  it("does not take scatter by rounding for a standard error", () => {
    const rounded = sampleCurves(20, 3).map((curve, i) => curve.with(0, 1 + (i % 3) * 2 ** -52));
    const { deviations } = curveStatistic(TRUTH.with(0, 1 - 2 ** -51), rounded, { resamples: 1 });
    expect(deviations[0]).toBe(0);
  });

  it("adds the theory's error in quadrature, and lets a stated bias pass", () => {
    const curves = [Float64Array.of(0, 0), Float64Array.of(2, 2)]; // mean 1, SE 1
    const options = { theoryError: Float64Array.of(0, Math.sqrt(3)), resamples: 1 };
    expect(Array.from(curveStatistic(Float64Array.of(5, 5), curves, options).deviations)).toEqual([
      4,
      expect.closeTo(2, 12),
    ]);
    const bias = Float64Array.of(1.5, 5);
    expect(
      Array.from(curveStatistic(Float64Array.of(5, 5), curves, { bias, resamples: 1 }).deviations),
    ).toEqual([2.5, 0]);
  });

  it("refuses lengths that differ and numbers that are none", () => {
    const curves = sampleCurves(3, 0);
    expect(() => curveStatistic(TRUTH.slice(1), curves)).toThrow(InvalidParameterError);
    expect(() => curveStatistic(TRUTH, curves.slice(2))).toThrow("curves.length");
    expect(() => curveStatistic(TRUTH.with(2, Number.NaN), curves)).toThrow("theory[2]");
    expect(() => curveStatistic(TRUTH, [...curves, TRUTH.with(3, Number.NaN)])).toThrow("point 3");
    expect(() => curveStatistic(TRUTH, curves, { bias: TRUTH.map(() => -1) })).toThrow("bias[0]");
    expect(() => curveStatistic(TRUTH, curves, { theoryError: Float64Array.of(1) })).toThrow(
      "theoryError.length",
    );
    expect(() => curveStatistic(TRUTH, curves, { theorySamples: 1 })).toThrow("theorySamples");
    expect(() => curveStatistic(TRUTH, curves, { theoryCurves: curves.slice(2) })).toThrow("curves.length");
  });
});
