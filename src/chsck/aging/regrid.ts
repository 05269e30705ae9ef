import { lagrangeWeights } from "../../numerics/lagrange";
import type { CrowdedGrid } from "./grid";

/** Nodes that a value between nodes takes: many, so that rows come through almost to rounding. */
const INSIDE = 16;
/** So many nodes from an end, where C and R have hardly begun to change, they are polynomials of φ or ψ. */
const MARGIN = 8;
const AT_ENDS = 6;

/** Takes rows of pairs (C, R) from one crowded grid to another: writes one to `out`. */
export type Regrid = (pairs: Float64Array, out: Float64Array) => void;

/**
 * Rows on another grid (A.12): C, and R dφ/dx, whose integral is kept, by sixteen nodes; at the ends by six in φ, or ψ. What the
 * integral of R is still off by is made good by a factor.
 */
export function createRegrid(from: CrowdedGrid, to: CrowdedGrid): Regrid {
  const places = Array.from({ length: to.size }, (_, i) => placeOf(from, to, i));
  const integral = ({ size, weight }: CrowdedGrid, pairs: Float64Array) => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += weight[k] * pairs[2 * k + 1];
    return sum;
  };
  return (pairs, out) => {
    for (const [i, { start, correlation, response }] of places.entries()) {
      let [c, r] = [0, 0];
      for (const [q, weight] of correlation.entries()) {
        c += weight * pairs[2 * (start + q)];
        r += response[q] * pairs[2 * (start + q) + 1];
      }
      out[2 * i] = c;
      out[2 * i + 1] = r;
    }
    const factor = integral(from, pairs) / integral(to, out);
    for (let i = 0; i < to.size; i++) out[2 * i + 1] *= factor;
    out[2 * to.size - 2] = 1;
    out[2 * to.size - 1] = pairs[2 * from.size - 1];
  };
}

interface Place {
  readonly start: number;
  readonly correlation: Float64Array;
  readonly response: Float64Array;
}

function placeOf(from: CrowdedGrid, to: CrowdedGrid, node: number): Place {
  const { size } = from;
  const position = from.position(to.phi[node], to.psi[node]);
  const cell = Math.floor(position);
  const isFirst = cell < MARGIN;
  if (isFirst || cell >= size - 1 - MARGIN) {
    const start = Math.max(0, Math.min(size - AT_ENDS, cell - AT_ENDS / 2 + 1));
    const [nodes, x] = isFirst ? [from.phi, to.phi[node]] : [from.psi, to.psi[node]];
    const weights = lagrangeWeights(nodes, start, AT_ENDS, x, new Float64Array(AT_ENDS));
    return { start, correlation: weights, response: weights };
  }
  const start = Math.max(0, Math.min(size - INSIDE, cell - INSIDE / 2 + 1));
  const weights = lagrangeWeights(UNIT, 0, INSIDE, position - start, new Float64Array(INSIDE));
  const density = from.densityAt(position);
  return {
    start,
    correlation: weights,
    response: weights.map((w, q) => (w * from.density[start + q]) / density),
  };
}

const UNIT = Float64Array.from({ length: INSIDE }, (_, i) => i);
