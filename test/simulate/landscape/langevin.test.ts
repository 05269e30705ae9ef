import { describe, expect, it } from "vitest";
import { createDescent, walkOnSphere } from "../../../src/simulate/landscape/langevin";
import { projectOnSphere } from "../../../src/simulate/sphere";
import { lossOf, normals, start } from "./draws";

const overlap = (x: Float64Array, y: Float64Array) => x.reduce((sum, xi, i) => sum + xi * y[i], 0) / x.length;

describe("walk on the sphere", () => {
  it("keeps |x|² = N, whatever the heat", () => {
    for (const heat of [0, 1e-9, 0.01, 1, 100, Infinity]) {
      const x = start(17);
      walkOnSphere(x, heat, normals(17, 1, "noise"));
      expect(overlap(x, x)).toBeCloseTo(1, 14);
    }
  });

  it("stays for no heat and forgets for infinite heat", () => {
    const x = start(9);
    const before = x.slice();
    const noise = normals(9, 1, "noise");
    walkOnSphere(x, 0, noise);
    expect(x).toEqual(before);
    walkOnSphere(x, Infinity, noise);
    projectOnSphere(noise);
    for (let i = 0; i < 9; i++) expect(x[i]).toBeCloseTo(noise[i], 14);
  });

  it.each([
    [8, 1],
    [8, 2],
    [40, 1],
    [40, 2],
  ])("has the mean of x·x'/N to a power right to second order, N = %i, power %i", (size, degree) => {
    const exact = (heat: number) =>
      degree === 1 ? Math.exp((-heat * (size - 1)) / size) : (1 + (size - 1) * Math.exp(-2 * heat)) / size;
    const error = (heat: number) => Math.abs(meanAfterWalk(size, heat, degree) - exact(heat));
    // An error of third order in one step falls by 8 on halving; 4 is what a first-order walk would show.
    expect(error(0.04) / error(0.02)).toBeGreaterThan(6.5);
    expect(error(0.02)).toBeLessThan(3e-5);
  });
});

/** E[(x·x'/N)^degree] after one walk, by quadrature over the noise along x (normal) and across it (χ²). */
function meanAfterWalk(size: number, heat: number, degree: number): number {
  const nodes = 300;
  let sum = 0;
  let norm = 0;
  const x = new Float64Array(size);
  const noise = new Float64Array(size);
  for (let i = 0; i < nodes; i++) {
    const along = -8 + (16 * (i + 0.5)) / nodes;
    for (let j = 0; j < nodes; j++) {
      const across = Math.max(0, Math.sqrt(size - 1) - 8) + (16 * (j + 0.5)) / nodes;
      const logWeight =
        -0.5 * along ** 2 - 0.5 * across ** 2 + (size - 2) * Math.log(across / Math.sqrt(size));
      const weight = Math.exp(logWeight + size / 2);
      x.fill(0);
      noise.fill(0);
      x[0] = Math.sqrt(size);
      noise[0] = along;
      noise[1] = across;
      walkOnSphere(x, heat, noise);
      sum += weight * (x[0] / Math.sqrt(size)) ** degree;
      norm += weight;
    }
  }
  return sum / norm;
}

describe("descent on the sphere", () => {
  it("keeps the norm and is of second order in the clock", () => {
    const size = 20;
    const descend = createDescent(lossOf(size));
    const endpoint = (steps: number) => {
      const x = start(size);
      for (let k = 0; k < steps; k++) descend([x], 2 / steps);
      expect(overlap(x, x)).toBeCloseTo(1, 13);
      return x;
    };
    const [coarse, middle, fine] = [40, 80, 160].map(endpoint);
    const distance = (a: Float64Array, b: Float64Array) => Math.hypot(...a.map((ai, i) => ai - b[i]));
    const order = Math.log2(distance(coarse, middle) / distance(middle, fine));
    expect(order).toBeGreaterThan(1.9);
    expect(order).toBeLessThan(2.1);
  });
});
