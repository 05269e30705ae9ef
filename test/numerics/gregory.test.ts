import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { gregoryWeights } from "../../src/numerics/gregory";

function integrate(f: (x: number) => number, length: number, cells: number, order: number): number {
  const h = length / cells;
  return gregoryWeights(cells + 1, order).reduce((sum, w, i) => sum + h * w * f(i * h), 0);
}

describe("gregoryWeights", () => {
  it("gives the rules one knows", () => {
    expect(Array.from(gregoryWeights(4, 2))).toEqual([0.5, 1, 1, 0.5]);
    // Differences up to the second on three nodes are Simpson's rule.
    const simpson = gregoryWeights(3, 4);
    for (const [i, w] of [1 / 3, 4 / 3, 1 / 3].entries()) expect(simpson[i]).toBeCloseTo(w, 14);
  });

  it.each([2, 3, 4, 5, 6, 7, 8])(
    "order %i integrates polynomials of lower degree exactly, on any grid",
    (order) => {
      for (const nodes of [Math.max(2, 2 * Math.ceil(order / 2) - 1), 9, 20]) {
        const end = nodes - 1;
        for (let degree = 0; degree < order; degree++) {
          // In units of the interval, the integral of x^degree is 1/(degree + 1).
          const integral = integrate((x) => x ** degree, 1, end, order);
          expect(Math.abs(integral * (degree + 1) - 1)).toBeLessThan(1e-13);
        }
      }
    },
  );

  it.each([2, 4, 6, 8])("order %i has an error that falls with the power of that order", (order) => {
    const error = (cells: number) => Math.abs(integrate(Math.exp, 2, cells, order) - Math.expm1(2));
    const measured = Math.log2(error(32) / error(64));
    expect(Math.abs(measured - order)).toBeLessThan(0.35);
  });

  it("refuses other orders and grids that are too small", () => {
    expect(() => gregoryWeights(20, 1)).toThrow(InvalidParameterError);
    expect(() => gregoryWeights(20, 9)).toThrow("order");
    expect(() => gregoryWeights(4, 6)).toThrow("nodes");
  });
});
