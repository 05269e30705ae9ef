import { describe, expect, it } from "vitest";
import { fitAsymptote } from "../../src/analysis";

const spaced = (first: number, last: number, count: number) =>
  Array.from({ length: count }, (_, k) => first * (last / first) ** (k / (count - 1)));

describe("the fit of an approach to a limit", () => {
  it("finds the coefficients of a curve that has no more terms", () => {
    const x = spaced(1e3, 1e5, 12);
    const y = x.map((s) => 0.78 + 0.38 * s ** (-1 / 3) - 0.2 * s ** (-2 / 3) + 0.7 / s);
    const fit = fitAsymptote(x, y);
    for (const [k, c] of [0.78, 0.38, -0.2, 0.7].entries())
      expect(fit.coefficients[k]).toBeCloseTo(c, 8 - 2 * k);
    expect(fit.limit).toBeCloseTo(0.78, 11);
    expect(fit.at(1e9).value).toBeCloseTo(0.78 + 0.38e-3, 6);
    const half = fitAsymptote(
      x,
      x.map((s) => 2 - 3 * s ** -0.5),
      { power: 0.5, terms: 2 },
    );
    expect([...half.coefficients]).toEqual([expect.closeTo(2, 10), expect.closeTo(-3, 8)]);
  });

  it("states what the last term makes, which bounds the error of a curve that has more", () => {
    const x = spaced(1e3, 1e5, 20);
    const y = (s: number) => 0.78 + 0.38 * s ** (-1 / 3) - 0.2 * s ** (-2 / 3) + 0.7 / s - 2 * s ** (-4 / 3);
    const fit = fitAsymptote(x, x.map(y));
    for (const s of [1e6, 1e7, 1e8]) {
      const { value, error } = fit.at(s);
      const actual = Math.abs(value - y(s));
      expect(actual).toBeGreaterThan(1e-7);
      expect(error).toBeGreaterThan(actual);
    }
    expect(fit.limitError).toBeGreaterThan(Math.abs(fit.limit - 0.78));
    const three = fitAsymptote(x, x.map(y), { terms: 3 });
    expect(three.limit - fit.limit).toBeCloseTo(fit.limitError * Math.sign(three.limit - fit.limit), 14);
  });

  it("leads from s = 10⁵ … 10⁷ in the table of the aging of p = 3 at T = 0 to 10⁸, and to its limits", () => {
    // C(s, s/2) and A = (z_th − z) s^⅔ of an independent code, to the last digit or so.
    const s = [1e5, 1e6, 1e7];
    const options = { range: 1000, terms: 3 };
    const correlation = fitAsymptote(s, [0.7888093, 0.7844084, 0.782367], options);
    const amplitude = fitAsymptote(s, [0.904807, 0.905209, 0.905435], options);
    const [c, a] = [correlation.at(1e8), amplitude.at(1e8)];
    expect(Math.abs(c.value - 0.7814199)).toBeLessThan(c.error);
    expect(c.error).toBeLessThan(2e-6);
    expect(Math.abs(a.value - 0.905549)).toBeLessThan(a.error);
    expect(a.error).toBeLessThan(5e-5);
    expect(correlation.limit).toBeCloseTo(0.7806, 5);
    expect(correlation.coefficients[1]).toBeCloseTo(0.381, 3);
    expect(amplitude.limit).toBeCloseTo(0.90565, 5);
    expect(amplitude.coefficients[1]).toBeCloseTo(-0.0483, 3);
    // The wrong power shows in the error.
    expect(
      fitAsymptote(s, [0.7888093, 0.7844084, 0.782367], { ...options, power: 0.5 }).limitError,
    ).toBeGreaterThan(1e-4);
  });

  it("refuses what it cannot fit", () => {
    expect(() => fitAsymptote([1, 2, 3], [1, 1, 1])).toThrow(/x.length is 3; allowed: at least 4 points/);
    expect(() => fitAsymptote([1, 200, 300, 400], [1, 1, 1, 1])).toThrow(/x.length is 3/);
    expect(() => fitAsymptote([1, 2, 3, 4], [1, 1, 1])).toThrow(/y.length/);
    expect(() => fitAsymptote([1, 2, 3, 4], [1, 1, 1, Number.NaN])).toThrow(/y\[3\]/);
    expect(() => fitAsymptote([0, 2, 3, 4], [1, 1, 1, 1])).toThrow(/x\[0\]/);
    expect(() => fitAsymptote([1, 2, 3, 4], [1, 1, 1, 1], { terms: 1 })).toThrow(/terms/);
  });
});
