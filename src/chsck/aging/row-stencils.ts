import { type OwnWeights, ROW_STENCIL, type RowHistory, type Workspace } from "../../kernels";
import type { Rows } from "./rows";
import { entries, type Stencils } from "./stencils";

/**
 * How rows before σ_r, and row r itself, make up the row of another σ (A.5): by Lagrange's polynomial in ln σ, through six rows
 * early, where the transient needs them, and four late, where the older ones of a stencil that looks back only would feed
 * back on the row being solved.
 */
export interface RowStencils {
  /** For the inner tables, by node: rows of σφ_j. */
  readonly inner: Omit<RowHistory, "rows">;
  readonly ownInner: OwnWeights;
  /** For the outer tables, by entry: rows of σ(1 − ψ_j ψ_k). */
  readonly outer: RowHistory;
  readonly ownOuter: OwnWeights;
  /** Finds all of them for row r, whose σ is set. */
  prepare(r: number, order: 4 | 6): void;
}

export function rowStencilRoom(size: number): readonly number[] {
  const count = entries(size);
  return [size, size, count / 2 + 1, ROW_STENCIL * count, count, count, count];
}

export function createRowStencils(stencils: Stencils, rows: Rows, workspace: Workspace): RowStencils {
  const { size } = stencils.grid;
  const count = entries(size);
  const { place } = rows;
  const inner = {
    starts: new Int32Array(size),
    weights: new Float64Array(ROW_STENCIL * size),
    scale: new Float64Array(size),
  };
  const ownInner = { correlation: workspace.float64(size), response: workspace.float64(size) };
  const outer = {
    rows: rows.crowded,
    starts: workspace.int32(count),
    weights: workspace.float64(ROW_STENCIL * count),
    scale: workspace.float64(count),
  };
  const ownOuter = { correlation: workspace.float64(count), response: workspace.float64(count) };
  const innerShare = stencils.innerLog.map(Math.exp);
  const outerShare = stencils.outerLog.map(Math.exp);
  /** 1/Π_{v≠u}(X_u − X_v) over the stencil that starts at a row. */
  const reciprocals = new Float64Array(ROW_STENCIL * rows.capacity);
  let known = { order: 0, upTo: 0 };

  function prepareReciprocals(r: number, order: number): void {
    // The row being solved may have been tried elsewhere.
    const from = known.order === order ? Math.max(0, Math.min(known.upTo, r) - order) : 0;
    for (let start = from; start + order - 1 <= r; start++) {
      for (let u = 0; u < order; u++) {
        let product = 1;
        for (let v = 0; v < order; v++) if (v !== u) product *= place[start + u] - place[start + v];
        reciprocals[ROW_STENCIL * start + u] = 1 / product;
      }
    }
    known = { order, upTo: r };
  }

  /** Stencil at the place x ≥ X_0 between rows `before` and before + 1; returns the weight of row r, which is left out. */
  function setWeights(
    x: number,
    start: number,
    r: number,
    order: number,
    out: Float64Array,
    at: number,
  ): number {
    let product = 1;
    for (let u = 0; u < order; u++) {
      out[at + u] = product * reciprocals[ROW_STENCIL * start + u];
      product *= x - place[start + u];
    }
    product = 1;
    for (let u = order - 1; u >= 0; u--) {
      out[at + u] *= product;
      product *= x - place[start + u];
    }
    if (start + order - 1 < r) return 0;
    const own = out[at + order - 1];
    out[at + order - 1] = 0;
    return own;
  }

  const firstRow = (before: number, r: number, order: number) =>
    Math.max(0, Math.min(before - order / 2 + 1, r - order + 1));

  function prepareInner(r: number, order: number): void {
    let before = 0;
    for (let j = 0; j < size; j++) {
      const x = place[r] + stencils.innerLog[j];
      inner.weights.fill(0, ROW_STENCIL * j, ROW_STENCIL * (j + 1));
      let own = 0;
      if (x < place[0]) inner.starts[j] = -1;
      else {
        while (before < r - 1 && place[before + 1] <= x) before++;
        const start = firstRow(before, r, order);
        inner.starts[j] = start;
        own = setWeights(x, start, r, order, inner.weights, ROW_STENCIL * j);
        inner.scale[j] = 1 / (rows.sigma[r] * innerShare[j]);
      }
      ownInner.correlation[j] = own;
      ownInner.response[j] = own === 0 ? 0 : own / innerShare[j];
    }
  }

  function prepareOuter(r: number, order: number): void {
    const { starts, weights, scale } = outer;
    weights.fill(0);
    let first = 0;
    for (let j = 0, e = 0; j < size; j++) {
      let before = first;
      for (let k = 0; k <= j; k++, e++) {
        const x = place[r] + stencils.outerLog[e];
        let own = 0;
        if (!(x >= place[0])) starts[e] = -1;
        else {
          while (before < r - 1 && place[before + 1] <= x) before++;
          if (k === 0) first = before;
          const start = firstRow(before, r, order);
          starts[e] = start;
          own = setWeights(x, start, r, order, weights, ROW_STENCIL * e);
          scale[e] = 1 / (rows.sigma[r] * outerShare[e]);
        }
        ownOuter.correlation[e] = own;
        ownOuter.response[e] = own === 0 ? 0 : own / outerShare[e];
      }
    }
  }

  return {
    inner,
    ownInner,
    outer,
    ownOuter,
    prepare(r, order) {
      prepareReciprocals(r, order);
      prepareInner(r, order);
      prepareOuter(r, order);
    },
  };
}
