import { describe, expect, it } from "vitest";
import { createMemoryTables, memoryTableRoom } from "../../../src/chsck/aging/memory-tables";
import { createRowStencils, rowStencilRoom } from "../../../src/chsck/aging/row-stencils";
import { createRecord, createRows, keepCrowded, rowOf, rowRoom } from "../../../src/chsck/aging/rows";
import { createStencils, stencilRoom } from "../../../src/chsck/aging/stencils";
import { createWorkspace, float64Bytes, ROW_STENCIL } from "../../../src/kernels";

const [size, crowding, count] = [65, 9, 40];

/** Rows at irregular distances, from σ = 0.02 on. */
function openRows() {
  const room = [
    ...stencilRoom(size),
    ...rowRoom(size, count),
    ...rowStencilRoom(size),
    ...memoryTableRoom(size),
    2 * size,
  ];
  const workspace = createWorkspace(float64Bytes(...room));
  const stencils = createStencils(size, crowding, workspace);
  const start = { pairs: new Float64Array(2 * size).fill(1), logOverlap: 0 };
  const rows = createRows(createRecord(size, count, start), size, workspace);
  for (let r = 0; r < count; r++) {
    rows.place[r] = Math.log(0.02) + 0.2 * r + 0.03 * Math.sin(r);
    rows.sigma[r] = Math.exp(rows.place[r]);
  }
  return { workspace, stencils, rows, rowStencils: createRowStencils(stencils, rows, workspace) };
}

describe("stencils of rows", () => {
  const r = 30;
  for (const order of [4, 6] as const) {
    it(`of ${order} rows are exact for ${order} powers of ln σ, and look to both sides where there are rows`, () => {
      const { stencils, rows, rowStencils } = openRows();
      const { place } = rows;
      rowStencils.prepare(r, order);
      const { inner, ownInner, outer, ownOuter } = rowStencils;
      let [off, read] = [0, 0];
      const wrong: string[] = [];
      const parts = [
        { name: "inner", logs: stencils.innerLog, of: inner, own: ownInner },
        { name: "outer", logs: stencils.outerLog, of: outer, own: ownOuter },
      ];
      for (const { name, logs, of, own } of parts) {
        for (const [e, log] of logs.entries()) {
          const x = place[r] + log;
          const start = of.starts[e];
          const [mine, weights] = [own.correlation[e], of.weights.subarray(ROW_STENCIL * e)];
          let before = 0;
          while (before < r - 1 && place[before + 1] <= x) before++;
          const first = Math.min(Math.max(0, before - order / 2 + 1), r - order + 1);
          if (start !== (x >= place[0] ? first : -1)) wrong.push(`start of ${name} ${e}`);
          if (start < 0) {
            if (mine !== 0) wrong.push(`own of ${name} ${e}`);
            continue;
          }
          read++;
          // What belongs to the row being solved is kept apart.
          if (start === r - order + 1 && weights[order - 1] !== 0) wrong.push(`last of ${name} ${e}`);
          for (let n = 0; n < order; n++) {
            let sum = mine * place[r] ** n;
            for (let q = 0; q < order; q++) if (weights[q] !== 0) sum += weights[q] * place[start + q] ** n;
            off = Math.max(off, Math.abs(sum - x ** n) / Math.max(1, Math.abs(x) ** n));
          }
          // Rows hold σR.
          off = Math.max(off, Math.abs(of.scale[e] * Math.exp(x) - 1));
          off = Math.max(off, Math.abs(own.response[e] * Math.exp(log) - mine));
        }
      }
      expect(wrong).toEqual([]);
      expect(off).toBeLessThan(1e-10);
      expect(read).toBeGreaterThan(1000);
      expect(ownInner.correlation[size - 1]).toBeCloseTo(1, 14);
    });
  }

  it("of a row that is tried again elsewhere, or by another order, are those of its new place", () => {
    const { rows, rowStencils } = openRows();
    rowStencils.prepare(r - 1, 6);
    rowStencils.prepare(r, 6);
    const moveLast = ({ place, sigma }: typeof rows) => {
      place[r] -= 0.11;
      sigma[r] = Math.exp(place[r]);
    };
    moveLast(rows);
    for (const order of [6, 4] as const) {
      rowStencils.prepare(r, order);
      const fresh = openRows();
      moveLast(fresh.rows);
      fresh.rowStencils.prepare(r, order);
      const { inner, outer, ownOuter } = fresh.rowStencils;
      expect(rowStencils.inner.weights.every((weight, i) => weight === inner.weights[i])).toBe(true);
      expect(rowStencils.outer.weights.every((weight, i) => weight === outer.weights[i])).toBe(true);
      expect(rowStencils.ownOuter.correlation.every((own, e) => own === ownOuter.correlation[e])).toBe(true);
    }
  });
});

describe("memory tables", () => {
  /** Between rows polynomials of ln s, along a row as smooth as the nodes are for. */
  const correlation = (s: number, share: number) =>
    (1 + 0.1 * Math.log(s) + 0.02 * Math.log(s) ** 2) * (0.3 + 0.7 * Math.sqrt(0.1 + share));
  const response = (s: number, share: number) => ((1 - 0.05 * Math.log(s) ** 3) * (0.5 + share ** 2)) / s;

  it("hold C and R at the times of the integrals, with the row and without", () => {
    const { workspace, stencils, rows, rowStencils } = openRows();
    const { phi, psi } = stencils.nodes;
    const r = 30;
    for (let q = 0; q <= r; q++) {
      const row = rowOf(rows, q);
      for (let k = 0; k < size; k++) {
        row[2 * k] = correlation(rows.sigma[q], phi[k]);
        row[2 * k + 1] = response(rows.sigma[q], phi[k]);
      }
      if (q < r) keepCrowded(stencils.grid, rows, q);
    }
    // What is there of the row before it is solved is not read.
    rows.crowded.fill(Number.NaN, 2 * size * r);
    rowStencils.prepare(r, 4);
    const tables = createMemoryTables(stencils, rows, rowStencils, workspace);
    tables.prepare(r);
    const row = workspace.float64(2 * size);
    row.set(rowOf(rows, r));
    for (let k = 0; k < size; k++) row[2 * k + 1] *= stencils.grid.density[k];
    tables.complete(row);
    const s = rows.sigma[r];
    const off = { inner: 0, outer: 0 };
    const look = (which: "inner" | "outer", at: number, later: number, share: number) => {
      const table = tables[which];
      const found = [table[at], table[at + 1]];
      // Before the first row nothing has changed yet.
      const isEarly = !(later >= rows.sigma[0]);
      const expected = isEarly ? [1, 1] : [correlation(later, share), response(later, share)];
      off[which] = Math.max(
        off[which],
        Math.abs(found[0] - expected[0]),
        Math.abs(found[1] - expected[1]) * (isEarly ? 1 : later),
      );
    };
    for (let j = 0, e = 0; j < size; j++) {
      for (let k = 0; k <= j; k++, e++) {
        look("inner", 4 * e, s * phi[j], phi[k]);
        if (k < j) look("inner", 4 * e + 2, s * phi[k], phi[j]);
        // Where s′ = 0 the row of time u is read at its start.
        const u = phi[j] + psi[j] * phi[k];
        look("outer", 4 * e, s * u, j === 0 ? 0 : phi[j] / u);
        look("outer", 4 * e + 2, s * u, k === 0 ? 0 : phi[k] / u);
      }
    }
    expect(off.inner).toBeLessThan(1e-10);
    expect(off.outer).toBeLessThan(1e-5);
  });
});
