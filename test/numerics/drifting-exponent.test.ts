import { expect, it } from "vitest";
import { driftingExponent, fluctuationRatio } from "../../src/analysis";

const t = Array.from({ length: 41 }, (_, k) => 10 ** (2 + k / 10));

it("the exponent of a decay at the last point, and its change by a decade", () => {
  const pure = driftingExponent(
    t,
    t.map((x) => 3 * x ** -0.4),
  );
  expect(pure.exponent).toBeCloseTo(-0.4, 12);
  expect(Math.abs(pure.drift)).toBeLessThan(1e-11);
  const bent = driftingExponent(
    t,
    t.map((x) => x ** (-0.4 - 0.01 * Math.log10(x))),
  );
  // ln y = −0.4 ln x − 0.01 (ln x)²/ln 10: the slope is −0.4 − 0.02 log10 x.
  expect(bent.exponent).toBeCloseTo(-0.4 - 0.02 * 6, 10);
  expect(bent.drift).toBeCloseTo(-0.02, 10);
  // x^−0.2 + x^−0.6: the drift is real, and beyond its error.
  const sum = driftingExponent(
    t,
    t.map((x) => x ** -0.2 + x ** -0.6),
  );
  expect(sum.exponent).toBeCloseTo(-(0.2 + 0.6 * 1e6 ** -0.4) / (1 + 1e6 ** -0.4), 3);
  expect(sum.drift).toBeGreaterThan(10 * sum.driftError);
  expect(() =>
    driftingExponent(
      t,
      t.map((x) => 1 - x),
    ),
  ).toThrow(/y\[/);
  expect(() => driftingExponent([1, 100, 1000, 1001], [4, 3, 2, 1])).toThrow(/x.length/);
});

it("the fluctuation-dissipation ratio of both parts of a plot", () => {
  const C = Array.from({ length: 51 }, (_, k) => k / 50);
  // Equilibrium above the plateau q = 0.7 at T = 0.2, x = 0.4 below.
  const chi = C.map((c) => (c > 0.7 ? (1 - c) / 0.2 : 0.3 / 0.2 + (0.4 * (0.7 - c)) / 0.2));
  expect(fluctuationRatio(C, chi, 0.2, [0.1, 0.65]).ratio).toBeCloseTo(0.4, 12);
  expect(fluctuationRatio(C, chi, 0.2, [0.75, 1]).ratio).toBeCloseTo(1, 12);
  const cold = fluctuationRatio(C, chi, 0, [0.1, 0.65]);
  expect([cold.ratio, cold.inverseTemperature]).toEqual([-0 + 0, expect.closeTo(2, 12)]);
  expect(fluctuationRatio(C, chi, 0.2, [0.5, 0.9]).ratioError).toBeGreaterThan(0.01);
  expect(() => fluctuationRatio(C, chi, 0.2, [0.5, 0.51])).toThrow(/correlation.length/);
  expect(() => fluctuationRatio(C, chi.slice(1), 0.2, [0, 1])).toThrow(/integratedResponse.length/);
});
