import { GRID_STENCIL } from "../../kernels";
import type { NodeFactors } from "./node-factors";
import type { RowState, RowStep } from "./panels";
import { type RowParts, unknownsOf } from "./row-equations";

/** Fills the matrix of derivatives of the residual by the unknowns, row by row. Call it where the residual was last taken. */
export type Jacobian = (step: RowStep, state: RowState, matrix: Float64Array) => void;

export function createJacobian(parts: RowParts): Jacobian {
  const { stencils, rows, tables, memory, factors, signal, gauge } = parts;
  const { grid, nodes, derivative, derivativeStarts } = stencils;
  const { size, density } = grid;
  const { panels, width } = rows;
  const count = unknownsOf(width, parts);
  const multiplierAt = width - 2;

  /** Integrals within a panel. */
  function addWithin(i: number, { sigma, lengths }: RowStep, matrix: Float64Array): void {
    const { inner, outer } = tables.of(i, factors[i].crowded);
    memory.load(factors[i].crowded, inner, outer);
    memory.differentiate(tables.ownOf(i));
    const scale = sigma * lengths[i];
    const from = 2 * i * size;
    // The last node of the current panel is no unknown.
    const rest = Math.min(2 * size, multiplierAt - from);
    for (let row = 0; row < rest; row++) {
      const to = (from + row) * count + from;
      const of = row * 2 * size;
      for (let k = 0; k < rest; k += 2) {
        matrix[to + k] -= scale * memory.matrix[of + k];
        matrix[to + k + 1] -= scale * memory.matrix[of + k + 1] * density[k >> 1];
      }
    }
  }

  /** Integrals with s′ in one panel and u in the other. */
  function addAcross(later: number, earlier: number, step: RowStep, matrix: Float64Array): void {
    const { sigma, lengths } = step;
    const [i, l] = [factors[later], factors[earlier]];
    const table = tables.cross(later, earlier);
    const live = later === panels - 1;
    const own = (j: number) => (live ? tables.own.correlation[j] : 0);
    const [fromLater, fromEarlier] = [2 * later * size, 2 * earlier * size];
    const known = Math.min(size, (multiplierAt - fromLater) / 2);
    const [scaleEarlier, scaleLater] = [sigma * lengths[earlier], sigma * lengths[later]];
    let ownWeight = 0;
    for (let j = 0; j < size; j++) {
      ownWeight += i.kernel[j] * own(j);
      for (let k = 0; k < size; k++) {
        const at = 2 * (j * size + k);
        const c = table[at] + own(j) * l.correlation[k];
        const r = table[at + 1] + own(j) * l.response[k];
        if (j >= known) continue;
        // s′ at node j of the later panel, u at node k of the earlier.
        const late = (fromLater + 2 * j) * count + fromEarlier + 2 * k;
        matrix[late] -= scaleEarlier * (l.third[k] * c + l.second[k] * r + own(j) * l.kernel[k]);
        matrix[late + 1] -= scaleEarlier * (l.second[k] * c + own(j) * l.source[k]);
        // u at node j of the later, s′ at node k of the earlier.
        const early = (fromEarlier + 2 * k) * count + fromLater + 2 * j;
        matrix[early] -= scaleLater * i.third[j] * c;
        matrix[early + 1] -= scaleLater * i.second[j] * c;
        matrix[early + count] -= scaleLater * i.third[j] * r;
        matrix[early + count + 1] -= scaleLater * i.second[j] * r;
      }
    }
    for (let at = fromEarlier; at < fromEarlier + 2 * size; at++) {
      matrix[at * count + at] -= scaleLater * ownWeight;
    }
  }

  function addLocal({ sigma, derivative: weights }: RowStep, state: RowState, matrix: Float64Array): void {
    const { pairs, multiplier } = state;
    const slowing = 1 / pairs[width - 1];
    for (let at = 0; at < multiplierAt; at++) {
      matrix[at * count + at] += slowing * weights[0] + sigma * multiplier;
      matrix[at * count + multiplierAt] += sigma * pairs[at];
    }
    const current = width - 2 * size;
    for (let j = 0; j < size - 1; j++) {
      for (let q = 0; q < GRID_STENCIL; q++) {
        const k = derivativeStarts[j] + q;
        if (k === size - 1) continue;
        const drift = slowing * nodes.phi[j] * derivative[GRID_STENCIL * j + q];
        const row = current + 2 * j;
        matrix[row * count + current + 2 * k] -= drift;
        matrix[(row + 1) * count + current + 2 * k + 1] -= drift;
      }
    }
  }

  /** Where panels meet, the first node of the later one is the last of the earlier. */
  function setSeams(matrix: Float64Array): void {
    for (let first = 2 * size; first < width; first += 2 * size) {
      for (const row of [first, first + 1]) {
        matrix.fill(0, row * count, (row + 1) * count);
        matrix[row * count + row] = 1;
        matrix[row * count + row - 2] = -1;
      }
    }
  }

  function setMultiplier({ lengths }: RowStep, matrix: Float64Array): void {
    const row = multiplierAt * count;
    matrix[row + multiplierAt] = 1;
    for (let i = 0; i < panels; i++) {
      const { correlation, second, third, kernel, source }: NodeFactors = factors[i];
      for (let k = 0; k < size && 2 * (i * size + k) < multiplierAt; k++) {
        const at = row + 2 * (i * size + k);
        matrix[at] -= lengths[i] * (2 * kernel[k] + third[k] * correlation[k]);
        matrix[at + 1] -= lengths[i] * (source[k] + second[k] * correlation[k]);
      }
    }
  }

  return (step, state, matrix) => {
    matrix.fill(0);
    for (let i = 0; i < panels; i++) addWithin(i, step, matrix);
    for (let later = 1; later < panels; later++) {
      for (let earlier = 0; earlier < later; earlier++) addAcross(later, earlier, step, matrix);
    }
    addLocal(step, state, matrix);
    setSeams(matrix);
    setMultiplier(step, matrix);
    signal?.addJacobian(step, state, factors, matrix);
    gauge?.addJacobian(step, state, factors[0], memory, matrix);
  };
}
