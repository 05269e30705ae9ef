import type { Covariance } from "../../models/covariance";
import type { Planting } from "../../models/planted-start";
import type { NodeFactors } from "./node-factors";
import type { Panel, RowState, RowStep } from "./panels";
import type { PhaseTables } from "./phase-tables";
import type { Rows } from "./rows";

/**
 * The overlap m with a signal, or with the start in equilibrium, as the unknown w = ln|m|: while the state searches, m grows by orders of magnitude at a steady rate, and
 * w is as smooth as the rest. (T.3), divided by m and times σ (A.10).
 */
export interface Signal {
  /** Adds what m does to the residual of pairs and multiplier, and that of its own equation, the last. */
  addResidual(step: RowStep, state: RowState, factors: readonly NodeFactors[], out: Float64Array): void;
  addJacobian(step: RowStep, state: RowState, factors: readonly NodeFactors[], matrix: Float64Array): void;
}

/** The overlap keeps its sign. */
export function createSignal(
  covariance: Covariance,
  { strength, overlap }: Planting,
  size: number,
  rows: Rows,
  old: readonly Panel[],
  tables: PhaseTables,
): Signal {
  const { panels, width } = rows;
  const multiplierAt = width - 2;
  const overlapAt = width - 1;
  const count = width;
  const own = tables.own.correlation;
  /** m at the nodes of a panel, over that of the row. */
  const ratios = (i: number, w: number) =>
    (i < panels - 1 ? old[i].logOverlap : tables.logOverlap(w)).map((at) => Math.exp(at - w));
  const ownOf = (i: number, k: number) => (i < panels - 1 ? 0 : own[k]);

  function forces(w: number) {
    const m = Math.sign(overlap) * Math.exp(w);
    const first = strength * covariance.first(m);
    // Q′(m)/m also where m has become too small for a number.
    const second = strength * covariance.second(m);
    return { m, first, second, perOverlap: m === 0 ? second : first / m };
  }

  return {
    addResidual({ r, sigma, lengths, growth }, { multiplier, logOverlap: w }, factors, out) {
      const { m, first, perOverlap } = forces(w);
      let memory = 0;
      for (let i = 0, at = 0; i < panels; i++) {
        const ofPanel = ratios(i, w);
        let sum = 0;
        for (let k = 0; k < size; k++, at += 2) {
          const ratio = ofPanel[k];
          sum += factors[i].kernel[k] * ratio;
          const seam = i > 0 && k === 0;
          if (!seam && at < multiplierAt) out[at] -= sigma * first * m * ratio; // (T.1)
        }
        memory += lengths[i] * sum;
      }
      out[multiplierAt] -= first * m; // (T.4)
      let change = growth[0] * w;
      for (let q = 1; q < growth.length; q++) change += growth[q] * rows.logOverlap[r - q];
      out[overlapAt] = change + sigma * (multiplier - perOverlap - memory); // (A.10)
    },
    addJacobian({ sigma, lengths, growth }, { logOverlap: w }, factors, matrix) {
      const { m, first, second, perOverlap } = forces(w);
      const row = overlapAt * count;
      let memorySlope = 0;
      for (let i = 0, at = 0; i < panels; i++) {
        const ofPanel = ratios(i, w);
        for (let k = 0; k < size; k++, at += 2) {
          const ratio = ofPanel[k];
          memorySlope += lengths[i] * factors[i].kernel[k] * ratio * (ownOf(i, k) - 1);
          if (at >= multiplierAt) continue;
          matrix[row + at] -= sigma * lengths[i] * factors[i].third[k] * ratio;
          matrix[row + at + 1] -= sigma * lengths[i] * factors[i].second[k] * ratio;
          const seam = i > 0 && k === 0;
          // m(s)m(s′) changes with the row's m, and where s′ is among its own rows, twice.
          const slope = i < panels - 1 ? second * m : second * m + first * own[k];
          if (!seam) matrix[at * count + overlapAt] -= sigma * slope * m * ratio;
        }
      }
      matrix[multiplierAt * count + overlapAt] -= (first + second * m) * m;
      matrix[row + multiplierAt] += sigma;
      matrix[row + overlapAt] += growth[0] - sigma * (second - perOverlap + memorySlope);
    },
  };
}
