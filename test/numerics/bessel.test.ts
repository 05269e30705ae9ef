import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { scaledBesselI } from "../../src/numerics/bessel";

/** e^{−x} I_n(x) = (1/π) ∫₀^π e^{x(cos θ − 1)} cos nθ dθ: the trapezoid rule is spectrally exact for a periodic integrand. */
function byQuadrature(order: number, x: number): number {
  const cells = 40 + Math.ceil(12 * Math.sqrt(x) + 2 * order);
  let sum = 0;
  for (let k = 0; k <= cells; k++) {
    const angle = (Math.PI * k) / cells;
    const weight = k === 0 || k === cells ? 0.5 : 1;
    sum += weight * Math.exp(-2 * x * Math.sin(angle / 2) ** 2) * Math.cos(order * angle);
  }
  return sum / cells;
}

describe("scaledBesselI", () => {
  it.each([0.001, 0.5, 0.999, 1.001, 3, 20, 59.9, 60.1, 500, 4000])(
    "agrees with its integral at x = %d",
    (x) => {
      for (const order of [0, 1, 2, 4]) {
        const expected = byQuadrature(order, x);
        expect(Math.abs(scaledBesselI(order, x) - expected)).toBeLessThan(2e-14 * Math.max(expected, 1e-2));
      }
    },
  );

  it("keeps its relative accuracy where it is small: I_n ≈ (x/2)^n/n!", () => {
    expect(scaledBesselI(2, 1e-6) / (1e-12 / 8)).toBeCloseTo(1, 5);
    expect(scaledBesselI(2, 1e-100)).toBeCloseTo(1e-200 / 8, 210);
  });

  it("obeys the recurrence I_{n−1} − I_{n+1} = 2n I_n/x", () => {
    for (const x of [0.3, 5, 45, 80, 1e5]) {
      const left = scaledBesselI(0, x) - scaledBesselI(2, x);
      expect(left / ((2 * scaledBesselI(1, x)) / x)).toBeCloseTo(1, x > 1e3 ? 9 : 11);
    }
  });

  it("takes x = 0 and refuses what is negative", () => {
    expect([scaledBesselI(0, 0), scaledBesselI(1, 0)]).toEqual([1, 0]);
    expect(() => scaledBesselI(0, -1)).toThrow(InvalidParameterError);
    expect(() => scaledBesselI(0.5, 1)).toThrow(InvalidParameterError);
  });
});
