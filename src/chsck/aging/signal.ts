import type { Covariance } from "../../models/covariance";
import type { Planting } from "../../models/planted-start";
import type { NodeFactors } from "./node-factors";
import { overlapScale } from "./overlap";
import type { Panel, RowState, RowStep } from "./panels";
import type { PhaseTables } from "./phase-tables";
import type { Rows } from "./rows";

/** The overlap m with a signal, or with the start in equilibrium, as the unknown w of its scale: (T.3) over dm/dw and times σ (A.10). */
export interface Signal {
  /** Adds what m does to the residual of pairs and multiplier, and that of its own equation, the last. */
  addResidual(step: RowStep, state: RowState, factors: readonly NodeFactors[], out: Float64Array): void;
  addJacobian(step: RowStep, state: RowState, factors: readonly NodeFactors[], matrix: Float64Array): void;
}

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
  const scale = overlapScale(overlap);
  /** w at the nodes of a panel. */
  const overlapsOf = (i: number, w: number) => (i < panels - 1 ? old[i].logOverlap : tables.logOverlap(w));
  const ownOf = (i: number, k: number) => (i < panels - 1 ? 0 : own[k]);

  /** m, dm/dw, and Q′(m), Q″(m) with the strength. */
  const forces = (w: number) => {
    const m = scale.value(w);
    return {
      m,
      slope: scale.slope(w),
      first: strength * covariance.first(m),
      second: strength * covariance.second(m),
    };
  };

  return {
    addResidual({ r, sigma, lengths, growth }, { multiplier, logOverlap: w }, factors, out) {
      const { m, slope, first } = forces(w);
      let memory = 0;
      for (let i = 0, at = 0; i < panels; i++) {
        const ofPanel = overlapsOf(i, w);
        let sum = 0;
        for (let k = 0; k < size; k++, at += 2) {
          const overlapAtNode = scale.value(ofPanel[k]);
          sum += factors[i].kernel[k] * (overlapAtNode / slope);
          const seam = i > 0 && k === 0;
          if (!seam && at < multiplierAt) out[at] -= sigma * first * overlapAtNode; // (T.1)
        }
        memory += lengths[i] * sum;
      }
      out[multiplierAt] -= first * m; // (T.4)
      let change = growth[0] * w;
      for (let q = 1; q < growth.length; q++) change += growth[q] * rows.logOverlap[r - q];
      out[overlapAt] = change + sigma * ((multiplier * m - first) / slope - memory); // (A.10)
    },
    addJacobian({ sigma, lengths, growth }, { multiplier, logOverlap: w }, factors, matrix) {
      const { m, slope, first, second } = forces(w);
      const row = overlapAt * count;
      let memorySlope = 0;
      for (let i = 0, at = 0; i < panels; i++) {
        const ofPanel = overlapsOf(i, w);
        for (let k = 0; k < size; k++, at += 2) {
          const overlapAtNode = scale.value(ofPanel[k]);
          const ownSlope = ownOf(i, k) === 0 ? 0 : ownOf(i, k) * scale.slope(ofPanel[k]);
          const ratio = overlapAtNode / slope;
          memorySlope += lengths[i] * factors[i].kernel[k] * (ownSlope / slope - ratio * (m / slope));
          if (at >= multiplierAt) continue;
          matrix[row + at] -= sigma * lengths[i] * factors[i].third[k] * ratio;
          matrix[row + at + 1] -= sigma * lengths[i] * factors[i].second[k] * ratio;
          const seam = i > 0 && k === 0;
          // Q′(m(s)) m(s′) changes with the row's m, and where s′ is among its own rows, twice.
          const change = second * slope * overlapAtNode + first * ownSlope;
          if (!seam) matrix[at * count + overlapAt] -= sigma * change;
        }
      }
      matrix[multiplierAt * count + overlapAt] -= (first + second * m) * slope;
      matrix[row + multiplierAt] += (sigma * m) / slope;
      const forceSlope = multiplier * (1 - (m / slope) ** 2) - second + (first / slope) * (m / slope);
      matrix[row + overlapAt] += growth[0] + sigma * (forceSlope - memorySlope);
    },
  };
}
