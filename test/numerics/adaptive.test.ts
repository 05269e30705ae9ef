import { describe, expect, it } from "vitest";
import { adaptiveIntegral } from "../../src/numerics/adaptive";

describe("adaptiveIntegral", () => {
  it("meets its tolerance where the integrand is sharp, kinked at an edge or singular", () => {
    const sharp = adaptiveIntegral((x) => 1e-3 / (x * x + 1e-6), [-1, 1], 1e-13);
    expect(Math.abs(sharp.value / (2 * Math.atan(1e3)) - 1)).toBeLessThan(1e-13);
    const kinked = adaptiveIntegral((x) => Math.abs(x), [-1, 0, 2], 1e-13);
    expect(kinked.value).toBeCloseTo(2.5, 14);
    const singular = adaptiveIntegral((x) => x ** -0.5, [0, 1], 1e-13);
    expect(Math.abs(singular.value - 2)).toBeLessThan(1e-9);
  });

  it("states an error that covers the true one", () => {
    for (const tolerance of [1e-3, 1e-6, 1e-9]) {
      const { value, error } = adaptiveIntegral((x) => Math.exp(-x) * Math.cos(20 * x), [0, 10], tolerance);
      const exact = (1 - Math.exp(-10) * (Math.cos(200) - 20 * Math.sin(200))) / 401;
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(error + 1e-15);
    }
  });
});
