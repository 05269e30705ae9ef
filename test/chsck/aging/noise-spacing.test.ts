import { describe, expect, it } from "vitest";
import { spacingForNoise } from "../../../src/chsck/aging/noise-spacing";

/** Rows at a distance, the last at σ. */
function rowsUpTo(last: number, distance: number) {
  const place = Float64Array.from({ length: 9 }, (_, r) => Math.log(last) + (r - 7) * distance);
  return { place, sigma: place.map(Math.exp) };
}

describe("rows that follow T_eff", () => {
  const end = 100;
  const noise = (clock: number) => Math.max(0, 1 - clock / end) ** (2 / 3);

  it("get closer in proportion to what is left to a horizon", () => {
    const at = (left: number) => {
      const last = end - left;
      const rows = rowsUpTo(last, (0.1 * left) / last);
      return spacingForNoise({ from: 0, noise, predicted: 1e-5, rate: 1e9 }, rows, 8, 1, end) * (last / left);
    };
    expect(at(1)).toBeLessThan(0.4);
    expect(at(0.01) / at(1)).toBeGreaterThan(0.9);
    expect(at(0.01) / at(1)).toBeLessThan(3);
    // What is taken is predicted as it should be: the difference of fifth order at a tenth of what is left.
    const rows = rowsUpTo(90, 0.02);
    const found = spacingForNoise({ from: 0, noise, predicted: 1e-9, rate: 1e9 }, rows, 8, 1, end);
    const finer = spacingForNoise({ from: 0, noise, predicted: 1e-10, rate: 1e9 }, rows, 8, 1, end);
    expect(found).toBeLessThan(0.1);
    expect(finer).toBeLessThan(found);
  });

  it("need not follow what is over before the system sees it", () => {
    const left = 1e-6;
    const rows = rowsUpTo(end - left, (0.1 * left) / end);
    const wanted = (0.9 * left) / end;
    const found = (rate: number) =>
      spacingForNoise({ from: 0, noise, predicted: 1e-7, rate }, rows, 8, wanted, end);
    expect(found(1e9)).toBeLessThan(0.8 * wanted);
    expect(found(1)).toBe(wanted);
  });

  it("take the distance that is wanted where T_eff is constant or smooth", () => {
    const follow = (of: (clock: number) => number) =>
      spacingForNoise({ from: 0, noise: of, predicted: 1e-5, rate: 1e9 }, rowsUpTo(10, 0.2), 8, 0.2, end);
    expect(follow(() => 1)).toBe(0.2);
    expect(follow((clock) => (1 + clock) ** -0.4)).toBe(0.2);
  });
});
