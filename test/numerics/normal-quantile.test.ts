import cephes from "cephes";
import { beforeAll, expect, it } from "vitest";
import { normalQuantile } from "../../src/numerics/normal-quantile";

beforeAll(() => cephes.compiled);

it("is Cephes' inverse of the normal distribution to a relative 1e-13, on both sides", () => {
  for (let k = 1; k < 2000; k++) {
    for (const p of [k / 2000, 10 ** (-k / 7)]) {
      const truth = cephes.ndtri(p);
      expect(Math.abs(normalQuantile(p) - truth), `p = ${p}`).toBeLessThanOrEqual(1e-13 * Math.abs(truth));
    }
  }
  expect(normalQuantile(0.5)).toBe(0);
  // Exact quarters, so that the two arguments are opposites.
  expect(normalQuantile(0.9990234375)).toBe(-normalQuantile(0.0009765625));
});

it.each([0, 1, -0.1, Number.NaN])("has no value at %d", (p) => {
  expect(() => normalQuantile(p)).toThrow("p is");
});
