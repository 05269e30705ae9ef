import { GRID_STENCIL } from "../../kernels";
import type { GaugeEquation } from "./gauge";
import type { NodeFactors } from "./node-factors";
import type { PanelMemory } from "./panel-memory";
import type { RowState, RowStep } from "./panels";
import type { PhaseTables } from "./phase-tables";
import { type Rows, rowOf } from "./rows";
import type { Signal } from "./signal";
import type { Stencils } from "./stencils";

/** What the equations of a row work with. */
export interface RowParts {
  readonly stencils: Stencils;
  readonly rows: Rows;
  readonly tables: PhaseTables;
  readonly memory: PanelMemory;
  /** By panel. */
  readonly factors: readonly NodeFactors[];
  readonly signal?: Signal;
  readonly gauge?: GaugeEquation;
}

/** Unknowns of a row of that width: its pairs but for the last, z, and ln m or the rate of the clock. */
export const unknownsOf = (width: number, { signal, gauge }: Pick<RowParts, "signal" | "gauge">): number =>
  width - 1 + (signal || gauge ? 1 : 0);

/** Fills `out` with what is left of the equations of a row: pairs by panel and node but the last, then z, and ln m with a signal. */
export type Residual = (step: RowStep, state: RowState, out: Float64Array) => void;

/**
 * The equations (T.1), (T.2) and (T.4) of a row, the first two times σ (A.2, A.3); in old panels without the drift of the nodes
 * (A.8). Where panels meet, the first node of the later one is the last of the earlier.
 */
export function createResidual({
  stencils,
  rows,
  tables,
  memory,
  factors,
  signal,
  gauge,
}: RowParts): Residual {
  const { grid, nodes, derivative, derivativeStarts } = stencils;
  const { size } = grid;
  const { phi, psi } = nodes;
  const { panels, width } = rows;
  const integrals = new Float64Array(width);
  const crossing = tables.createCrossSums();

  /** σ times the integrals of (T.1) and (T.2), by panel and node. */
  function sumMemory({ sigma, lengths }: RowStep): void {
    for (let i = 0; i < panels; i++) {
      const { inner, outer } = tables.of(i, factors[i].crowded);
      memory.load(factors[i].crowded, inner, outer);
      memory.contract();
      const { sums } = memory;
      const scale = sigma * lengths[i];
      for (let j = 0; j < size; j++) {
        const at = 2 * (i * size + j);
        integrals[at] = scale * (phi[j] * (sums[4 * j] + sums[4 * j + 1]) + psi[j] * sums[4 * j + 2]);
        integrals[at + 1] = scale * psi[j] * sums[4 * j + 3];
      }
    }
    crossing.add(sigma, lengths, factors, integrals);
  }

  return (step, state, out) => {
    const { r, sigma, lengths, noise } = step;
    const { pairs, multiplier } = state;
    const weights = step.derivative;
    // 1/g; g = 1 but in an internal time.
    const slowing = 1 / pairs[width - 1];
    for (let i = 0; i < panels; i++) factors[i].load(pairs.subarray(2 * i * size, 2 * (i + 1) * size));
    sumMemory(step);
    const before = Array.from(weights, (_, q) => rowOf(rows, r - q));
    for (let at = 0; at < width - 2; at++) {
      let change = weights[0] * pairs[at];
      for (let q = 1; q < weights.length; q++) change += weights[q] * before[q][at]; // (A.7)
      out[at] = slowing * change + sigma * multiplier * pairs[at] - integrals[at]; // (A.2), (A.3)
    }
    const current = width - 2 * size;
    for (let j = 0; j < size - 1; j++) {
      const from = current + 2 * derivativeStarts[j];
      let [driftC, driftR] = [0, 0];
      for (let q = 0; q < GRID_STENCIL; q++) {
        driftC += derivative[GRID_STENCIL * j + q] * pairs[from + 2 * q];
        driftR += derivative[GRID_STENCIL * j + q] * pairs[from + 2 * q + 1];
      }
      out[current + 2 * j] -= slowing * phi[j] * driftC;
      out[current + 2 * j + 1] -= slowing * phi[j] * driftR;
    }
    for (let at = 2 * size; at < width; at += 2 * size) {
      out[at] = pairs[at] - pairs[at - 2];
      out[at + 1] = pairs[at + 1] - pairs[at - 1];
    }
    let sum = noise;
    for (let i = 0; i < panels; i++) {
      const { correlation, response, source, kernel } = factors[i];
      let ofPanel = 0;
      for (let k = 0; k < size; k++) ofPanel += response[k] * source[k] + kernel[k] * correlation[k];
      sum += lengths[i] * ofPanel;
    }
    out[width - 2] = multiplier - sum; // (T.4)
    signal?.addResidual(step, state, factors, out);
    gauge?.addResidual(step, state, out);
  };
}
