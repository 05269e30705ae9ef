import { expect, it } from "vitest";
import { sobolPoints } from "../../src/numerics/sobol";

const points = (count: number, shift: readonly number[] = [0, 0, 0]) => {
  const found: number[][] = [];
  sobolPoints(count, shift, (_, point) => found.push(Array.from(point)));
  return found;
};

it("gives the points that are printed everywhere", () => {
  // Bratley and Fox, ACM Trans. Math. Softw. 14, 88 (1988), in eighths.
  expect(points(8).map((point) => point.map((x) => x / 2 ** 29))).toEqual([
    [0, 0, 0],
    [4, 4, 4],
    [6, 2, 2],
    [2, 6, 6],
    [3, 3, 5],
    [7, 7, 1],
    [5, 1, 7],
    [1, 5, 3],
  ]);
});

it("has one point of every elementary interval of two axes, whatever the shift", () => {
  const COUNT = 256;
  const cell = (x: number, bits: number) => Math.floor(x / 2 ** (32 - bits));
  for (const shift of [
    [0, 0, 0],
    [0x9e3779b9, 0x12345678, 0xdeadbeef],
  ]) {
    const all = points(COUNT, shift);
    // The first two dimensions are a net of quality 0.
    for (let bits = 0; bits <= 8; bits++) {
      expect(new Set(all.map(([x, y]) => cell(x, bits) * COUNT + cell(y, 8 - bits))).size).toBe(COUNT);
    }
    expect(new Set(all.map(([, , z]) => cell(z, 8))).size).toBe(COUNT);
  }
});

it("shifts without carry", () => {
  const shift = [1, 2 ** 31, 77];
  const shifted = points(16, shift);
  for (const [i, point] of points(16).entries()) {
    expect(shifted[i]).toEqual(point.map((x, d) => (x ^ shift[d]) >>> 0));
  }
});
