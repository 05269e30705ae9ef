import { describe, expect, it } from "vitest";
import { adaptiveIntegral } from "../../../src/numerics/adaptive";
import { exponentialMoments } from "../../../src/volterra/spherical-sk/exponential-moments";

describe("exponentialMoments", () => {
  it.each([0, 1e-8, 0.3, 3.9, 4.1, 12, 300, 1e7])("agree with quadrature at a = %d", (a) => {
    const out = new Float64Array(6);
    for (const c of [0.03, 0.5, 1]) {
      exponentialMoments(a, c, 6, out);
      for (let m = 0; m < 6; m++) {
        const f = (v: number) => v ** m * Math.exp(-a * (c - v));
        const edges = [0, Math.max(c / 2, c - 40 / (a + 1e-9)), c].filter(
          (x, k, all) => k === 0 || x > all[k - 1],
        );
        const { value } = adaptiveIntegral(f, edges, 1e-14);
        expect(Math.abs(out[m] / value - 1)).toBeLessThan(3e-13);
      }
    }
  });
});
