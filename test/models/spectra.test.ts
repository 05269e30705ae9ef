import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { marchenkoPastur, type Spectrum, semicircle } from "../../src/models/spectra";
import { integrate } from "../../src/numerics/gauss-legendre";

const moment = (spectrum: Spectrum, power: number) =>
  integrate(
    (angle) => spectrum.angularDensity(angle) * (spectrum.top - spectrum.belowTop(angle)) ** power,
    0,
    Math.PI,
    16,
  );

it("the density of Marchenko and Pastur diverges at the lower edge for ratio 1 only", () => {
  const square = marchenkoPastur(1, 0.7);
  expect(square.density(square.top - square.belowTop(Math.PI))).toBe(Infinity);
  expect(square.density(square.bottom + 1e-3)).toBeLessThan(30);
  expect(square.density(square.bottom - 1e-3)).toBe(0);
  const flat = marchenkoPastur(0.9, 0.7);
  expect(flat.density(flat.top - flat.belowTop(Math.PI))).toBeLessThan(1e-4);
});

describe.each([
  ["semicircle", semicircle(0.7), 0],
  ["Marchenko-Pastur 0.3", marchenkoPastur(0.3, 0.7), Math.sqrt(0.3) * 0.343],
  ["Marchenko-Pastur 1", marchenkoPastur(1, 0.7), 0.343],
] as const)("%s", (_, spectrum, third) => {
  it("has the weight 1, mean 0, variance Δ² and its third moment", () => {
    const expected = [1, 0, 0.49, third];
    for (const [power, value] of expected.entries()) expect(moment(spectrum, power)).toBeCloseTo(value, 12);
  });

  it("has one density in both variables", () => {
    for (const angle of [0.01, 0.5, 1.5, 3]) {
      const mu = spectrum.top - spectrum.belowTop(angle);
      const slope = (spectrum.top - spectrum.bottom) * 0.5 * Math.sin(angle);
      expect(spectrum.density(mu) * slope).toBeCloseTo(spectrum.angularDensity(angle), 12);
    }
    expect(spectrum.density(spectrum.top + 0.1)).toBe(0);
    expect(spectrum.belowTop(Math.PI)).toBeCloseTo(spectrum.top - spectrum.bottom, 12);
  });
});

describe("marchenkoPastur", () => {
  it("becomes the semicircle for ratio → 0", () => {
    expect(marchenkoPastur(1e-12, 1).density(0.5)).toBeCloseTo(semicircle(1).density(0.5), 5);
  });

  it.each([0, 1.5, Number.NaN])("refuses the ratio %d", (ratio) => {
    expect(() => marchenkoPastur(ratio, 1)).toThrow(InvalidParameterError);
  });
});
