import { describe, expect, it } from "vitest";
import { type CrowdedGrid, createCrowdedGrid } from "../../../src/chsck/aging/grid";
import { createRegrid } from "../../../src/chsck/aging/regrid";

/** A row like those of age s: C decays with the age of s′, and R, whose integral is about 1, with the distance from it. */
function rowOf({ size, phi, psi }: CrowdedGrid, s: number): Float64Array {
  const pairs = new Float64Array(2 * size);
  for (let k = 0; k < size; k++) {
    pairs[2 * k] = ((1 + s * phi[k]) / (1 + s)) ** 0.3 * ((1 + 0.1 / (1 + s * psi[k])) / 1.1);
    pairs[2 * k + 1] = (1 + s * psi[k]) ** -1.7;
  }
  pairs.fill(1, 2 * size - 2);
  return pairs;
}

const integral = ({ size, weight }: CrowdedGrid, pairs: Float64Array) => {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += weight[k] * pairs[2 * k + 1];
  return sum;
};

describe("rows on another grid", () => {
  it("are those of its nodes, early rows and late, and keep the integral of R to rounding", () => {
    const from = createCrowdedGrid(155, Math.log(3e5));
    const to = createCrowdedGrid(203, Math.log(3e7));
    const move = createRegrid(from, to);
    for (const s of [1e-5, 1, 100]) {
      const [before, exact] = [rowOf(from, s), rowOf(to, s)];
      const moved = new Float64Array(2 * to.size);
      move(before, moved);
      let largest = 0;
      for (let at = 0; at < 2 * to.size - 2; at++) {
        largest = Math.max(largest, Math.abs(moved[at] - exact[at]));
      }
      expect(largest, `s = ${s}`).toBeLessThan(3e-12);
      expect(Math.abs(integral(to, moved) / integral(from, before) - 1)).toBeLessThan(1e-14);
      expect(Array.from(moved.subarray(2 * to.size - 2))).toEqual([1, 1]);
    }
  });
});
