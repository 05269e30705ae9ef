import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitPowerLaw, localExponents } from "../../src/numerics/power-law";
import { mean, standardError, variance } from "../../src/numerics/statistics";
import { createStreams } from "../../src/numerics/streams";

const SEED = 20261122;
const geometric = (points: number, from: number, to: number) =>
  Float64Array.from({ length: points }, (_, i) => from * (to / from) ** (i / (points - 1)));

describe("fitPowerLaw", () => {
  it("returns an exact power law, with and without sigma", () => {
    const amplitudes = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: -4, max: 4, noNaN: true }), amplitudes, fc.boolean(), (b, a, weighted) => {
        const x = geometric(7, 3, 4e5);
        const y = x.map((value) => a * value ** b);
        const fit = fitPowerLaw(x, y, weighted ? y.map((value, i) => value * 0.01 * (1 + i)) : undefined);
        expect(Math.abs(fit.exponent - b)).toBeLessThan(1e-12);
        expect(Math.abs(fit.amplitude / a - 1)).toBeLessThan(1e-11);
        expect(fit.residual).toBeLessThan(1e-12);
      }),
    );
  });

  it("weighs by y/sigma as the textbook formulas of a straight line do", () => {
    const x = [1, 2, 5, 10, 30];
    const y = [2, 1.1, 0.7, 0.3, 0.14];
    const sigma = [0.1, 0.2, 0.05, 0.03, 0.004];
    const w = y.map((value, i) => (value / sigma[i]) ** 2);
    const sum = (f: (i: number) => number) => w.reduce((s, weight, i) => s + weight * f(i), 0);
    const [s, sx, sy] = [sum(() => 1), sum((i) => Math.log(x[i])), sum((i) => Math.log(y[i]))];
    const sxx = sum((i) => Math.log(x[i]) ** 2);
    const sxy = sum((i) => Math.log(x[i]) * Math.log(y[i]));
    const determinant = s * sxx - sx * sx;
    const fit = fitPowerLaw(x, y, sigma);
    expect(fit.exponent).toBeCloseTo((s * sxy - sx * sy) / determinant, 12);
    expect(Math.log(fit.amplitude)).toBeCloseTo((sxx * sy - sx * sxy) / determinant, 12);
    expect(fit.exponentError).toBeCloseTo(Math.sqrt(s / determinant), 12);
    expect(fit.amplitudeError / fit.amplitude).toBeCloseTo(Math.sqrt(sxx / determinant), 12);
  });

  it.each([true, false])("has errors that match the scatter of repeated fits (sigma given: %s)", (given) => {
    const repeats = 400;
    const x = geometric(20, 1, 1000);
    const noise = new Float64Array(20);
    const stream = createStreams(SEED).stream("data", 0);
    const fits = Array.from({ length: repeats }, () => {
      stream.fillNormal(noise);
      const y = x.map((value, i) => 3 * value ** -0.5 * Math.exp(0.05 * noise[i]));
      return fitPowerLaw(x, y, given ? y.map((value) => 0.05 * value) : undefined);
    });
    // A standard deviation from 400 values is good to 3.5 %; 4 of those.
    for (const [value, error, truth] of [
      ["exponent", "exponentError", -0.5],
      ["amplitude", "amplitudeError", 3],
    ] as const) {
      const values = fits.map((fit) => fit[value]);
      expect(Math.abs(mean(fits.map((fit) => fit[error])) / Math.sqrt(variance(values)) - 1)).toBeLessThan(
        0.15,
      );
      expect(Math.abs(mean(values) - truth)).toBeLessThan(4 * standardError(values));
    }
    // Two of twenty degrees of freedom are fitted.
    expect(mean(fits.map((fit) => fit.residual))).toBeCloseTo(0.05 * Math.sqrt(18 / 20), 2);
  });

  it("refuses what has no logarithm, and too few points", () => {
    expect(() => fitPowerLaw([1, 2, 3], [1, 0, 2])).toThrow("y[1]");
    expect(() => fitPowerLaw([1, 2], [1, 2])).toThrow("x.length");
    expect(() => fitPowerLaw([1, 2, 3], [1, 2])).toThrow("y.length");
    expect(() => fitPowerLaw([2, 2, 2], [1, 2, 3])).toThrow("independent");
  });
});

describe("localExponents", () => {
  it("is exact when ln y is a parabola in ln x, on an uneven grid", () => {
    const x = [0.1, 0.15, 0.4, 1, 1.2, 9, 80];
    const y = x.map((value) => 2 * value ** (-0.7 + 0.1 * Math.log(value)));
    const exponents = localExponents(x, y);
    for (const [i, value] of x.entries()) expect(exponents[i]).toBeCloseTo(-0.7 + 0.2 * Math.log(value), 11);
  });

  it("converges with second order", () => {
    const error = (points: number) => {
      const x = geometric(points, 0.1, 10);
      const local = localExponents(
        x,
        x.map((value) => 1 + value),
      );
      return Math.max(...x.map((value, i) => Math.abs(local[i] - value / (1 + value))));
    };
    expect(Math.abs(Math.log2(error(81) / error(161)) - 2)).toBeLessThan(0.15);
  });

  it("is centred inside: for ln y = (ln x)³ the error is the squared spacing, twice that with other sign at the ends", () => {
    const h = 0.1;
    const lnX = Float64Array.from({ length: 9 }, (_, i) => h * (i - 2));
    const local = localExponents(
      lnX.map(Math.exp),
      lnX.map((value) => Math.exp(value ** 3)),
    );
    for (const [i, value] of lnX.entries()) {
      const end = i === 0 || i === lnX.length - 1;
      expect(local[i] - 3 * value * value).toBeCloseTo((end ? -2 : 1) * h * h, 11);
    }
  });

  it("refuses x that does not ascend", () => {
    expect(() => localExponents([1, 3, 2], [1, 1, 1])).toThrow("x[2]");
  });
});
