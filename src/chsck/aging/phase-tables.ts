import { type OwnWeights, ROW_STENCIL, type Workspace } from "../../kernels";
import type { MemoryTables } from "./memory-tables";
import type { NodeFactors } from "./node-factors";
import type { OwnParts } from "./panel-memory";
import type { Panel } from "./panels";
import type { RowStencils } from "./row-stencils";
import type { Rows } from "./rows";
import { entries, type Stencils } from "./stencils";

/** The memory tables of all panels of a phase, the old ones and the current one. */
export interface PhaseTables {
  /** The tables within a panel; the current one's with the row, as pairs (C, ρ). */
  of(panel: number, row: Float64Array): { readonly inner: Float64Array; readonly outer: Float64Array };
  /** What the row adds to lines of the current panel's cross tables, by node. */
  readonly own: RowStencils["ownInner"];
  /** What the row adds to the tables within a panel: nothing to those of an old one. */
  ownOf(panel: number): OwnParts;
  /** C and R at (s′; u) for later and earlier panels, as lines of pairs by node u; the current one's without the row itself. */
  cross(later: number, earlier: number): Float64Array;
  /** ln m at the nodes of the current panel, given that of the row. */
  logOverlap(ofRow: number): Float64Array;
  /** The past of the row being solved, whose stencils are prepared. */
  prepare(r: number): void;
  createCrossSums(): CrossSums;
}

/** The parts of the memory integrals with s′ and u in different panels (A.9). */
export interface CrossSums {
  /** Adds σ times the integrals to pairs by panel and node. */
  add(
    sigma: number,
    lengths: readonly number[],
    factors: readonly NodeFactors[],
    integrals: Float64Array,
  ): void;
}

export const phaseTableRoom = (size: number, panels: number): readonly number[] => [
  ...Array<number>(panels - 1).fill(2 * size * size),
  size,
  size,
  entries(size),
  entries(size),
  2 * size,
  size,
];

export function createPhaseTables(
  stencils: Stencils,
  rows: Rows,
  old: readonly Panel[],
  current: MemoryTables,
  rowStencils: RowStencils,
  workspace: Workspace,
): PhaseTables {
  const { size } = stencils.grid;
  const lines = old.map(() => workspace.float64(2 * size * size));
  /** ln m at the nodes of the current panel, but for the row's own part. */
  const pastLogOverlap = new Float64Array(size);
  const { kernels } = workspace;
  const last = old.length;
  const own = rowStencils.ownInner;
  const cross = (later: number, earlier: number) =>
    later === last ? lines[earlier] : old[later].cross[earlier];

  /** C and R of time s′ = b + σφ_j at the nodes of an old panel, whose rows stand as they are (A.5). */
  function setLine(panel: number, j: number): void {
    const { starts, weights } = rowStencils.inner;
    const line = lines[panel].subarray(2 * size * j, 2 * size * (j + 1));
    const from = 2 * size * panel;
    if (starts[j] < 0) {
      line.set(rows.start.pairs.subarray(from, from + 2 * size));
      return;
    }
    line.fill(0);
    for (let q = 0; q < ROW_STENCIL; q++) {
      const weight = weights[ROW_STENCIL * j + q];
      if (weight === 0) continue;
      const row = (starts[j] + q) * rows.width + from;
      for (let k = 0; k < 2 * size; k++) line[k] += weight * rows.pairs[row + k];
    }
  }

  function setLogOverlap(): void {
    const { starts, weights } = rowStencils.inner;
    for (let j = 0; j < size; j++) {
      pastLogOverlap[j] = starts[j] < 0 ? rows.start.logOverlap : 0;
      for (let q = 0; starts[j] >= 0 && q < ROW_STENCIL; q++) {
        const weight = weights[ROW_STENCIL * j + q];
        if (weight !== 0) pastLogOverlap[j] += weight * rows.logOverlap[starts[j] + q];
      }
    }
  }

  const none = (length: number): OwnWeights => ({
    correlation: workspace.float64(length),
    response: workspace.float64(length),
  });
  const ofCurrent: OwnParts = { inner: own, outer: rowStencils.ownOuter };
  const ofOld: OwnParts = last === 0 ? ofCurrent : { inner: none(size), outer: none(entries(size)) };
  return {
    own,
    ownOf: (panel) => (panel === last ? ofCurrent : ofOld),
    cross,
    of(panel, row) {
      if (panel < last) return old[panel];
      current.complete(row);
      return current;
    },
    logOverlap: (ofRow) => pastLogOverlap.map((past, j) => past + own.correlation[j] * ofRow),
    prepare(r) {
      current.prepare(r);
      setLogOverlap();
      for (let panel = 0; panel < last; panel++) {
        for (let j = 0; j < size; j++) setLine(panel, j);
      }
    },
    createCrossSums() {
      const pairs = workspace.float64(2 * size);
      const single = workspace.float64(size);
      return {
        add(sigma, lengths, factors, integrals) {
          for (let later = 1; later <= last; later++) {
            for (let earlier = 0; earlier < later; earlier++) {
              const [i, l] = [factors[later], factors[earlier]];
              const table = cross(later, earlier);
              // s′ later than u: Σ_k (w Q″R C + w Q′R)(k) of the earlier panel.
              single.fill(0);
              kernels.multiplyAdd(size, 2 * size, 1, table, l.both, single);
              let ownSum = 0;
              if (later === last) {
                for (let k = 0; k < size; k++)
                  ownSum += l.kernel[k] * l.correlation[k] + l.source[k] * l.response[k];
              }
              for (let j = 0; j < size; j++) {
                const ofRow = later === last ? own.correlation[j] * ownSum : 0;
                integrals[2 * (later * size + j)] += sigma * lengths[earlier] * (single[j] + ofRow);
              }
              // u later than s′: Σ_k (w Q″R)(k) of the later panel times C and R at (u_k; s′).
              pairs.fill(0);
              kernels.multiplyTransposedAdd(2 * size, size, 1, table, i.kernel, pairs);
              let ownWeight = 0;
              if (later === last) {
                for (let k = 0; k < size; k++) ownWeight += i.kernel[k] * own.correlation[k];
              }
              const scale = sigma * lengths[later];
              for (let j = 0; j < size; j++) {
                const at = 2 * (earlier * size + j);
                integrals[at] += scale * (pairs[2 * j] + ownWeight * l.correlation[j]);
                integrals[at + 1] += scale * (pairs[2 * j + 1] + ownWeight * l.response[j]);
              }
            }
          }
        },
      };
    },
  };
}
