import type { Workspace } from "../../kernels";
import type { CrowdedGrid } from "./grid";

/**
 * The rows of one phase of a run: σ = s − b counted from the milestone b that began it, one row for each σ_r. A row has C and R at
 * the nodes of every panel; the last panel is the current one, s′ = b + σφ, whose nodes move with the row.
 */
export interface RowRecord {
  readonly capacity: number;
  readonly panels: number;
  /** Numbers in a row: pairs (C, R) by panel and node. */
  readonly width: number;
  /** ln σ and σ. */
  readonly place: Float64Array;
  readonly sigma: Float64Array;
  /** The clock since b: σ, but where late rows have an internal time of their own. */
  readonly elapsed: Float64Array;
  readonly pairs: Float64Array;
  /** z − T_eff. */
  readonly reduced: Float64Array;
  /** ln m. */
  readonly logOverlap: Float64Array;
  /** What the rows begin with at σ = 0: pairs of all panels, and ln m. */
  readonly start: { readonly pairs: Float64Array; readonly logOverlap: number };
}

/** Rows that further ones are being solved from. */
export interface Rows extends RowRecord {
  /** Pairs (C, σR dφ/dx) of the current panel: rows of ∫R keep their integral under any interpolation that keeps constants. */
  readonly crowded: Float64Array;
}

export const rowRoom = (size: number, capacity: number): readonly number[] => [2 * size * capacity];

export function createRecord(size: number, capacity: number, start: RowRecord["start"]): RowRecord {
  const width = start.pairs.length;
  return {
    capacity,
    panels: width / (2 * size),
    width,
    place: new Float64Array(capacity),
    sigma: new Float64Array(capacity),
    elapsed: new Float64Array(capacity),
    pairs: new Float64Array(width * capacity),
    reduced: new Float64Array(capacity),
    logOverlap: new Float64Array(capacity),
    start,
  };
}

export const createRows = (record: RowRecord, size: number, workspace: Workspace): Rows => ({
  ...record,
  crowded: workspace.float64(2 * size * record.capacity),
});

/** Row r of the pairs of all panels. */
export const rowOf = ({ pairs, width }: RowRecord, r: number): Float64Array =>
  pairs.subarray(r * width, (r + 1) * width);

/** Keeps the current panel of row r as rows are interpolated. */
export function keepCrowded({ size, density }: CrowdedGrid, rows: Rows, r: number): void {
  const from = (r + 1) * rows.width - 2 * size;
  const to = 2 * size * r;
  const sigma = rows.sigma[r];
  for (let k = 0; k < size; k++) {
    rows.crowded[to + 2 * k] = rows.pairs[from + 2 * k];
    rows.crowded[to + 2 * k + 1] = sigma * density[k] * rows.pairs[from + 2 * k + 1];
  }
}
