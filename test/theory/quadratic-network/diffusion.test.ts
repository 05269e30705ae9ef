import { describe, expect, it } from "vitest";
import { diffusionExitTime } from "../../../src/theory/quadratic-network/diffusion";
import { casesOf } from "../../reference/quadratic-cases";

const setting = { learningRate: 0.1, labelNoise: 1e-4, dimension: 3000, threshold: 0.1 };

describe("exit of the linearised diffusion", () => {
  it.each(casesOf("2f2-"))("is the hypergeometric form, $id", ({ params, value, tolerance }) => {
    const { m0_squared: square } = params as Record<string, number>;
    const time = diffusionExitTime({ ...setting, start: Math.sqrt(square) });
    expect(Math.abs(time - (value as number))).toBeLessThan(tolerance);
  });

  it("solves σ²τ″/2 + μ x τ′ = −1, also where noise alone makes the exit", () => {
    for (const learningRate of [0.1, 1 / 6.5, 0.2]) {
      const labelNoise = 1;
      const growth = 4 * (1 - 6 * learningRate) - 2 * learningRate * labelNoise;
      const variance = (learningRate / 200) * (48 + 4 * labelNoise);
      const at = (x: number) =>
        diffusionExitTime({ learningRate, labelNoise, dimension: 200, threshold: 0.09, start: x });
      const [x, h] = [0.15, 2e-3];
      const slope = (8 * (at(x + h) - at(x - h)) - at(x + 2 * h) + at(x - 2 * h)) / (12 * h);
      const curvature =
        (16 * (at(x + h) + at(x - h)) - at(x + 2 * h) - at(x - 2 * h) - 30 * at(x)) / (12 * h * h);
      expect((variance * curvature) / 2 + growth * x * slope).toBeCloseTo(-1, 5);
      expect(at(0.3)).toBe(0);
    }
  });

  it("has the logarithm of large dimensions, and averages over a random start", () => {
    const large = { ...setting, dimension: 1e9 };
    const growth = 4 * 0.4 - 2e-5;
    const kappa = growth / ((0.1 / 1e9) * (48 + 4e-4));
    const asymptotic = (Math.log(4 * kappa * 0.1) + 0.5772156649015329) / (2 * growth);
    expect(diffusionExitTime({ ...large, start: 0 })).toBeCloseTo(asymptotic, 7);
    expect(diffusionExitTime({ ...large, dimension: Infinity, start: 0.01 })).toBeCloseTo(
      Math.log(Math.sqrt(0.1) / 0.01) / growth,
      14,
    );
    expect(diffusionExitTime({ ...large, dimension: Infinity, start: "random" })).toBe(Infinity);
    // Mean over N(0, 1/d) by Simpson's rule.
    const n = 400;
    let mean = 0;
    for (let k = 0; k <= n; k++) {
      const z = -8 + (16 * k) / n;
      const weight = (k === 0 || k === n ? 1 : k % 2 === 1 ? 4 : 2) * (16 / n / 3);
      const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
      mean += weight * density * diffusionExitTime({ ...setting, start: z / Math.sqrt(3000) });
    }
    expect(diffusionExitTime({ ...setting, start: "random" })).toBeCloseTo(mean, 9);
  });

  it("refuses wrong values by name", () => {
    for (const [change, parameter] of [
      [{ dimension: 1 }, "dimension"],
      [{ threshold: 0 }, "threshold"],
      [{ start: 2 }, "start"],
      [{ learningRate: -1 }, "learningRate"],
    ] as const) {
      expect(() => diffusionExitTime({ ...setting, start: 0, ...change })).toThrow(
        expect.objectContaining({ parameter }),
      );
    }
  });
});
