import { describe, expect, it } from "vitest";
import { createStencils, entries, stencilRoom } from "../../../src/chsck/aging/stencils";
import { createWorkspace, float64Bytes, GRID_STENCIL, type PlaceTable } from "../../../src/kernels";

const [size, crowding] = [201, 26];
const stencils = createStencils(size, crowding, createWorkspace(float64Bytes(...stencilRoom(size))));
const { grid, nodes } = stencils;
const { phi, psi } = grid;

/** A row like one of age 100, whose nodes are crowded where it changes. */
const row = (f: number, rest: number) =>
  ((1 + 100 * f) / 101) ** 0.3 * (1 + 0.2 / (1 + 100 * rest)) + 0.1 * f ** 2;
const slope = (f: number, rest: number) =>
  row(f, rest) * (30 / (1 + 100 * f)) +
  ((1 + 100 * f) / 101) ** 0.3 * (20 / (1 + 100 * rest) ** 2) +
  0.1 * (2 * f - (30 * f ** 2) / (1 + 100 * f));
/** dx/dφ in closed form, and what of it is one spacing. */
const spacingsPerPhi = (f: number, rest: number) => {
  const [tanh, offset] = [Math.tanh(crowding / 2), 1 / (Math.exp(crowding) + 1)];
  return (tanh / (2 * crowding)) * (1 / (offset + f * tanh) + 1 / (offset + rest * tanh));
};
const sumOf = (weight: ArrayLike<number>, of: (k: number) => number) =>
  Array.from({ length: size }, (_, k) => weight[k] * of(k)).reduce((a, b) => a + b);

describe("a crowded grid", () => {
  it("has its nodes, their distances from both ends, and weights of order eight", () => {
    for (let k = 0; k < size; k++) {
      expect(phi[k] + psi[k]).toBeCloseTo(1, 14);
      expect(psi[k]).toBe(phi[size - 1 - k]);
      expect(grid.position(phi[k], psi[k])).toBeCloseTo(k, 9);
      expect(grid.density[k] * spacingsPerPhi(phi[k], psi[k])).toBeCloseTo(1, 9);
    }
    expect([phi[0], phi[size - 1]]).toEqual([0, 1]);
    const ratio = Math.exp((2 * crowding) / (size - 1));
    expect((phi[20] - phi[19]) / (phi[19] - phi[18])).toBeCloseTo(ratio, 2);
    // Gregory's rule between nodes one apart is exact for polynomials.
    const last = size - 1;
    const even = grid.weight.map((w, k) => (w * last) / grid.density[k]);
    for (const n of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
      expect((sumOf(even, (k) => (k / last) ** n) * (n + 1)) / last).toBeCloseTo(1, 13);
    }
    expect(sumOf(grid.weight, () => 1)).toBeCloseTo(1, 8);
    expect(sumOf(grid.weight, (k) => phi[k] ** 2)).toBeCloseTo(1 / 3, 8);
    // Of what has the width of the last nodes: ∫ dφ/(1 + 100ψ) is ln(101)/100.
    expect(sumOf(grid.weight, (k) => 1 / (1 + 100 * psi[k]))).toBeCloseTo(Math.log(101) / 100, 8);
  });
});

describe("stencils of pairs of nodes", () => {
  const tables: [string, PlaceTable, number, (j: number, k: number) => readonly [number, number]][] = [
    ["products", stencils.products, 1, (j, k) => [phi[j] * phi[k], psi[j] + phi[j] * psi[k]]],
    ["complements", stencils.complements, 1, (j, k) => [phi[j] + psi[j] * phi[k], psi[j] * psi[k]]],
    [
      "ratios",
      stencils.ratios,
      2,
      (j, k) => {
        const u = phi[j] + psi[j] * phi[k];
        return j === 0 ? [0, 1] : [phi[j] / u, (psi[j] * phi[k]) / u];
      },
    ],
  ];
  for (const [name, table, directions, place] of tables) {
    it(`read rows at their places: ${name}`, () => {
      let [off, offDensity] = [0, 0];
      const look = (entry: number, [f, rest]: readonly [number, number]) => {
        let sum = 0;
        for (let q = 0; q < GRID_STENCIL; q++) {
          const k = table.starts[entry] + q;
          sum += table.weights[GRID_STENCIL * entry + q] * row(phi[k], psi[k]);
        }
        off = Math.max(off, Math.abs(sum - row(f, rest)));
        offDensity = Math.max(
          offDensity,
          Math.abs(table.inverseDensity[entry] / spacingsPerPhi(f, rest) - 1),
        );
      };
      for (let j = 0, e = 0; j < size; j++) {
        for (let k = 0; k <= j; k++, e++) {
          look(directions * e, place(j, k));
          if (directions === 2) look(2 * e + 1, place(k, j));
        }
      }
      expect(off).toBeLessThan(2e-8);
      expect(offDensity).toBeLessThan(1e-9);
    });
  }

  it("have the logarithms of their places to rounding, next to 0 and 1", () => {
    const { innerLog, outerLog } = stencils;
    let off = 0;
    const look = (found: number, expected: number) => {
      off = Math.max(off, Math.abs(found - expected) / Math.abs(expected));
    };
    for (let j = 1, e = 1; j < size; j++) {
      // ln φ next to 1 is −ψ(1 + ψ/2 + …), which a rounded φ has lost.
      if (phi[j] < 0.9) look(innerLog[j], Math.log(phi[j]));
      if (psi[j] > 0 && psi[j] < 1e-4) look(innerLog[j], -psi[j] * (1 + psi[j] / 2 + psi[j] ** 2 / 3));
      for (let k = 0; k <= j; k++, e++) {
        const rest = psi[j] * psi[k];
        if (rest > 0) look(outerLog[e], rest < 0.9 ? Math.log1p(-rest) : Math.log(phi[j] + psi[j] * phi[k]));
      }
    }
    expect(off).toBeLessThan(1e-12);
    expect([innerLog[0], outerLog[0]]).toEqual([-Infinity, -Infinity]);
    expect([innerLog[size - 1], outerLog[entries(size) - 1]]).toEqual([-0, -0]);
  });

  it("have d/dφ along a row, up to its ends", () => {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let q = 0; q < GRID_STENCIL; q++) {
        const k = stencils.derivativeStarts[j] + q;
        sum += stencils.derivative[GRID_STENCIL * j + q] * row(phi[k], psi[k]);
      }
      // As it counts: by the distance of the nodes there.
      const counts = grid.density[j] / (size - 1);
      expect(Math.abs(sum - slope(phi[j], psi[j])) * counts).toBeLessThan(5e-8);
    }
    expect(nodes.inverseDensity[40] * grid.density[40]).toBeCloseTo(1, 14);
  });
});
