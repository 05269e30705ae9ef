import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import {
  interpolate,
  lagrangeDerivativeWeights,
  lagrangeWeights,
  stencilStart,
} from "../../src/numerics/lagrange";

const polynomial = (c: readonly number[], x: number) => c.reduceRight((sum, a) => sum * x + a, 0);
const slope = (c: readonly number[], x: number) =>
  polynomial(
    c.slice(1).map((a, i) => (i + 1) * a),
    x,
  );
/** Uneven ascending nodes on about [0, 3]. */
const NODES = Float64Array.from({ length: 16 }, (_, i) => i * 0.2 + 0.06 * Math.sin(2 * i));

describe("Lagrange weights", () => {
  it("reproduce a polynomial of degree count − 1 and its slope anywhere", () => {
    const coefficients = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: 8,
      maxLength: 8,
    });
    const place = fc.double({ min: 0, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), coefficients, place, (count, all, x) => {
        const c = all.slice(0, count);
        const start = stencilStart(NODES, x, count);
        const out = new Float64Array(count);
        const sum = () => out.reduce((s, w, i) => s + w * polynomial(c, NODES[start + i]), 0);
        lagrangeWeights(NODES, start, count, x, out);
        expect(Math.abs(sum() - polynomial(c, x))).toBeLessThan(1e-10);
        lagrangeDerivativeWeights(NODES, start, count, x, out);
        expect(Math.abs(sum() - slope(c, x))).toBeLessThan(1e-8);
      }),
    );
  });

  it("are exactly 0 and 1 at a node", () => {
    const out = lagrangeWeights(NODES, 2, 5, NODES[4], new Float64Array(5));
    expect(Array.from(out, Math.abs)).toEqual([0, 0, 1, 0, 0]);
  });
});

describe("stencilStart", () => {
  it("puts x in the middle cell or at the middle node, and stays inside the grid", () => {
    const grid = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(stencilStart(grid, 3.4, 4)).toBe(2);
    expect(stencilStart(grid, 3.4, 3)).toBe(2);
    expect(stencilStart(grid, 3.6, 3)).toBe(3);
    expect(stencilStart(grid, 3.6, 1)).toBe(4);
    expect(stencilStart(grid, 0.1, 4)).toBe(0);
    expect(stencilStart(grid, 7, 4)).toBe(4);
  });
});

describe("interpolate", () => {
  it("is exact at the nodes", () => {
    const values = NODES.map(Math.exp);
    for (const [i, x] of NODES.entries()) expect(interpolate(NODES, values, x)).toBe(values[i]);
  });

  it.each([2, 4, 6, 8])("converges with order %i when the spacing is halved", (points) => {
    const error = (cells: number) => {
      const x = Float64Array.from({ length: cells + 1 }, (_, i) => (3 * i) / cells);
      const y = x.map(Math.sin);
      let worst = 0;
      for (let t = 0.5; t < 2.5; t += 0.003)
        worst = Math.max(worst, Math.abs(interpolate(x, y, t, points) - Math.sin(t)));
      return worst;
    };
    const order = Math.log2(error(15) / error(30));
    expect(Math.abs(order - points)).toBeLessThan(0.3);
  });

  it("uses what there is on a small grid, and refuses to extrapolate", () => {
    expect(interpolate([0, 1], [1, 3], 0.25)).toBe(1.5);
    expect(interpolate([2], [5], 2)).toBe(5);
    expect(() => interpolate([0, 1], [1, 3], 1.01)).toThrow(InvalidParameterError);
    expect(() => interpolate([0, 1], [1], 0.5)).toThrow("values.length");
    expect(() => interpolate([0, 1], [1, 2], 0.5, 9)).toThrow("points");
  });
});
