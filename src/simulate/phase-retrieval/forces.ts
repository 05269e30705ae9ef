import type { Cost } from "../../models/cost";
import type { DataBlock } from "./data";

/** The samples of a block as one walker sees them. */
export interface ForceBlock extends DataBlock {
  /** h_μ of the walker at fields[column], fields[column + columns], … */
  readonly column: number;
  readonly columns: number;
  /** h0_μ of all samples. */
  readonly labels: Float64Array;
  /** s_μ of all samples: 0, 1, or with replacement how often they count. */
  readonly members: Uint8Array;
  /** c */
  readonly factor: number;
}

/** Replaces the fields h by the forces F = c s v′(h, h0) (P.2); returns Σ v over all samples of the block. */
export function applyForces(cost: Cost, block: ForceBlock): number {
  const { from, rows, fields, column, columns, labels, members, factor } = block;
  let loss = 0;
  for (let i = 0, at = column; i < rows; i++, at += columns) {
    const h = fields[at];
    const h0 = labels[from + i];
    loss += cost.value(h, h0);
    const s = members[from + i];
    fields[at] = s > 0 ? factor * s * cost.first(h, h0) : 0;
  }
  return loss;
}

/** Sums over samples that are observed besides the loss (P.7), D = c s v″. */
export interface Moments {
  /** Σ F h */
  radial: number;
  /** Σ F h0 */
  drive: number;
  /** Σ D */
  curvature: number;
}

/** Adds up the moments of a block's fields. */
export function addMoments(cost: Cost, block: ForceBlock, moments: Moments): void {
  const { from, rows, fields, column, columns, labels, members, factor } = block;
  for (let i = 0, at = column; i < rows; i++, at += columns) {
    const s = members[from + i];
    if (s === 0) continue;
    const h = fields[at];
    const h0 = labels[from + i];
    const force = factor * s * cost.first(h, h0);
    moments.radial += force * h;
    moments.drive += force * h0;
    moments.curvature += factor * s * cost.second(h, h0);
  }
}
