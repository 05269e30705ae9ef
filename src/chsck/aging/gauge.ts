import { GRID_STENCIL } from "../../kernels";
import { fitAsymptote } from "../../numerics/asymptotic-fit";
import { gaussLegendre } from "../../numerics/gauss-legendre";
import { lagrangeWeights } from "../../numerics/lagrange";
import type { CrowdedGrid } from "./grid";
import type { NodeFactors } from "./node-factors";
import type { PanelMemory } from "./panel-memory";
import type { RowState, RowStep } from "./panels";
import { type RowRecord, type Rows, rowOf } from "./rows";
import { placeStencil, type Stencils } from "./stencils";

/**
 * How late rows are told apart (A.13): in an internal time σ of their own, s = h(σ), in which C(σ, σ/2) follows what was fitted to
 * the rows before, c(σ) = Σ_k coefficients[k] σ^(−k/3). The soft mode, a change of the time, is then none of the row but the
 * rate g = h′(σ), one more unknown; R of a row is that to a jump in the internal time, so that it ends with g at s′ = s. The fit
 * need not be exact: what it is off bends h.
 */
export interface Gauge {
  /** Its first row. */
  readonly first: number;
  readonly coefficients: Float64Array;
}

export const GAUGE_TERMS = 3;
/** The rows that are fitted: those from the last σ over this on. */
const RANGE = 30;
/** Rows that the rate is interpolated by where it is integrated. */
const RATES = 4;

/** The share of s′ in s at which C is what was fitted. */
const SHARE = 0.5;

/** The gauge that goes on from the rows that there are. */
export function fitGauge(grid: CrowdedGrid, rows: RowRecord, count: number): Gauge {
  const { start, weights } = halfway(grid);
  const halves = Array.from({ length: count }, (_, r) => valueAt(rowOf(rows, r), start, weights));
  const { coefficients } = fitAsymptote(rows.sigma.subarray(0, count), halves, {
    terms: GAUGE_TERMS,
    range: RANGE,
  });
  return { first: count, coefficients };
}

function halfway(grid: CrowdedGrid) {
  const weights = new Float64Array(GRID_STENCIL);
  return { start: placeStencil(grid, grid.position(SHARE, 1 - SHARE), weights, 0), weights };
}

const valueAt = (pairs: Float64Array, start: number, weights: Float64Array) =>
  weights.reduce((sum, weight, q) => sum + weight * pairs[2 * (start + q)], 0);

/** g of a row: R at its last node. */
export const rateOf = ({ pairs, width }: RowRecord, r: number): number => pairs[(r + 1) * width - 1];

/** h(σ_r), by the integral of the rates of the last rows. */
export function elapsedAt(rows: RowRecord, r: number): number {
  const { place, sigma, elapsed } = rows;
  const { points, weights } = gaussLegendre([place[r - 1], place[r]]);
  const share = new Float64Array(RATES);
  let ahead = elapsed[r - 1] - sigma[r - 1];
  for (const [k, x] of points.entries()) {
    lagrangeWeights(place, r - RATES + 1, RATES, x, share);
    const excess = share.reduce((sum, weight, q) => sum + weight * (rateOf(rows, r - RATES + 1 + q) - 1), 0);
    ahead += weights[k] * Math.exp(x) * excess;
  }
  return sigma[r] + ahead;
}

/** σ at a clock behind row r, by the rate there. */
export function internalAfter(rows: RowRecord, r: number, clock: number): number {
  const { sigma, elapsed } = rows;
  const ratio = elapsed[r] / sigma[r];
  const growth = rateOf(rows, r) - ratio;
  let found = clock / ratio;
  for (let n = 0; n < 3; n++) found = clock / (ratio + growth * Math.log(found / sigma[r]));
  return found;
}

/** The equation of the gauge, and the derivatives by g, of a run without kinks. */
export interface GaugeEquation {
  addResidual(step: RowStep, state: RowState, out: Float64Array): void;
  addJacobian(
    step: RowStep,
    state: RowState,
    factors: NodeFactors,
    memory: PanelMemory,
    matrix: Float64Array,
  ): void;
}

export function createGaugeEquation(
  { coefficients }: Gauge,
  { grid, nodes, derivative, derivativeStarts }: Stencils,
  rows: Rows,
): GaugeEquation {
  const { size, density } = grid;
  const { width } = rows;
  const [multiplierAt, rateAt] = [width - 2, width - 1];
  const { start, weights } = halfway(grid);
  const target = (sigma: number) => coefficients.reduceRight((sum, c) => sum * sigma ** (-1 / 3) + c, 0);

  return {
    addResidual({ sigma }, { pairs }, out) {
      out[rateAt] = valueAt(pairs, start, weights) - target(sigma); // (A.13)
    },
    addJacobian({ r, sigma, derivative: differences }, { pairs }, factors, memory, matrix) {
      const count = width;
      const slowing = 1 / pairs[rateAt];
      for (let q = 0; q < GRID_STENCIL; q++) matrix[rateAt * count + 2 * (start + q)] += weights[q];
      for (let at = 0; at < multiplierAt; at++) {
        const j = at >> 1;
        let change = differences[0] * pairs[at];
        for (let q = 1; q < differences.length; q++) change += differences[q] * rowOf(rows, r - q)[at];
        const first = 2 * derivativeStarts[j] + (at & 1);
        for (let q = 0; q < GRID_STENCIL; q++) {
          const drift = nodes.phi[j] * derivative[GRID_STENCIL * j + q];
          change -= drift * pairs[first + 2 * q];
          // R at the last node, which is the rate.
          if (first + 2 * q === rateAt) matrix[at * count + rateAt] -= slowing * drift;
        }
        matrix[at * count + rateAt] -= slowing * slowing * change;
        matrix[at * count + rateAt] -=
          sigma * sigma * memory.matrix[at * 2 * size + rateAt] * density[size - 1];
      }
      const last = size - 1;
      const byRate = factors.source[last] + factors.second[last] * factors.correlation[last];
      matrix[multiplierAt * count + rateAt] -= sigma * byRate;
    },
  };
}
