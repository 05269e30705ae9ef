import { ROW_STENCIL, type Workspace } from "../../kernels";
import type { RowStencils } from "./row-stencils";
import type { Rows } from "./rows";
import { entries, type Stencils } from "./stencils";

/**
 * Two-time functions where the integrals of the current panel read them (A.4): C and R at (s′; s′φ_k) in the inner table, at
 * (u; s′) with u = s′ + (s − s′)φ_k in the outer one. Rows before the one being solved make the past; the row itself is added as
 * it changes. At the end of a phase the complete tables are those of the panel that it leaves.
 */
export interface MemoryTables {
  readonly inner: Float64Array;
  readonly outer: Float64Array;
  /** The past of row r, whose stencils are prepared. */
  prepare(r: number): void;
  /** Adds the row, as pairs (C, ρ) of the current panel. */
  complete(row: Float64Array): void;
}

export const memoryTableRoom = (size: number): readonly number[] => Array<number>(4).fill(4 * entries(size));

export function createMemoryTables(
  stencils: Stencils,
  rows: Rows,
  rowStencils: RowStencils,
  workspace: Workspace,
): MemoryTables {
  const { size } = stencils.grid;
  const { inverseDensity } = stencils.nodes;
  const { kernels } = workspace;
  const count = entries(size);
  const [innerPast, outerPast, inner, outer] = memoryTableRoom(size).map((length) =>
    workspace.float64(length),
  );
  const line = new Float64Array(2 * size);

  /** C and R of time s′ = σφ_j at the nodes φ_k: one line of the inner table, which lies there by pair of nodes. */
  function setLine(j: number): void {
    const { starts, weights, scale } = rowStencils.inner;
    if (starts[j] < 0) line.fill(1);
    else {
      line.fill(0);
      for (let q = 0; q < ROW_STENCIL; q++) {
        const weight = weights[ROW_STENCIL * j + q];
        if (weight === 0) continue;
        const from = 2 * size * (starts[j] + q);
        for (let k = 0; k < 2 * size; k++) line[k] += weight * rows.crowded[from + k];
      }
      for (let k = 0; k < size; k++) line[2 * k + 1] *= inverseDensity[k] * scale[j];
    }
    for (let k = 0; k < size; k++) {
      const at = k <= j ? 4 * ((j * (j + 1)) / 2 + k) : 4 * ((k * (k + 1)) / 2 + j) + 2;
      innerPast[at] = line[2 * k];
      innerPast[at + 1] = line[2 * k + 1];
    }
  }

  return {
    inner,
    outer,
    prepare() {
      for (let j = 0; j < size; j++) setLine(j);
      kernels.interpolateRows(count, size, stencils.ratios, rowStencils.outer, outerPast);
    },
    complete(row) {
      kernels.completeInner(size, rowStencils.ownInner, inverseDensity, row, innerPast, inner);
      kernels.completeOuter(count, stencils.ratios, rowStencils.ownOuter, row, outerPast, outer);
    },
  };
}
