import { GRID_STENCIL } from "../../kernels";
import { lagrangeWeights } from "../../numerics/lagrange";
import { rateOf } from "./gauge";
import type { AgingHistory } from "./history";
import type { SolvedPhase } from "./solved-phase";
import { placeStencil } from "./stencils";

/** Rows and, near the ends, fewer: beyond the solver's own order. */
const ROWS = 6;

/** A pair of clocks s ≥ s′, and their difference, which would lose its digits. */
export interface ClockPair {
  readonly late: number;
  readonly early: number;
  readonly lag: number;
}

/** The phase that a clock belongs to; a milestone to the one that ends there. */
function phaseAt({ phases }: AgingHistory, clock: number): SolvedPhase {
  let found = phases[0];
  for (const solved of phases) if (solved.start.clock < clock) found = solved;
  return found;
}

/** Rows around σ and their weights in ln σ: calls `add` for each; at σ below the first row the start has the rest. */
function rowsAround(
  { rows, count }: SolvedPhase,
  sigma: number,
  add: (row: number, weight: number) => void,
): number {
  if (sigma < rows.sigma[0]) {
    const share = sigma / rows.sigma[0];
    add(0, share);
    return 1 - share;
  }
  const x = Math.log(sigma);
  let [low, high] = [0, count - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (rows.place[middle] <= x) low = middle;
    else high = middle;
  }
  const start = Math.max(0, Math.min(low - ROWS / 2 + 1, count - ROWS));
  const weights = lagrangeWeights(rows.place, start, ROWS, x, new Float64Array(ROWS));
  for (let q = 0; q < ROWS; q++) add(start + q, weights[q]);
  return 0;
}

/** What rows say of an internal time: h/σ, or the rate h′. */
function interpolateClock(solved: SolvedPhase, sigma: number, of: (row: number) => number): number {
  let sum = 0;
  const rest = rowsAround(solved, sigma, (row, weight) => {
    sum += weight * of(row);
  });
  return sum + rest;
}

/** The clock since b at the internal time σ of a phase; σ itself where it has none. */
export function elapsedOf(solved: SolvedPhase, sigma: number): number {
  const { elapsed, sigma: places } = solved.rows;
  if (!solved.gauge || sigma === 0) return sigma;
  return sigma * interpolateClock(solved, sigma, (row) => elapsed[row] / places[row]);
}

const INVERSIONS = 6;

/** The internal time at a clock since b. */
function internalOf(solved: SolvedPhase, elapsed: number): number {
  let sigma = elapsed;
  // The ratio of the two hardly changes.
  for (let n = 0; n < INVERSIONS && solved.gauge && elapsed > 0; n++) {
    sigma *= elapsed / elapsedOf(solved, sigma);
  }
  return sigma;
}

/** Below this share of the later time, a difference of internal times is that of the clocks over the rate. */
const SHORT = 1e-2;

/** A pair of internal times, and the rate of the clock at the earlier one. */
function internalPair(solved: SolvedPhase, { late, early, lag }: ClockPair): ClockPair & { rate: number } {
  if (!solved.gauge) return { late, early, lag, rate: 1 };
  const { rows } = solved;
  const rateAt = (sigma: number) => interpolateClock(solved, sigma, (row) => rateOf(rows, row));
  const sigma = internalOf(solved, late);
  const rate = lag < late ? rateAt(internalOf(solved, early)) : 1;
  if (lag < SHORT * late) {
    const between = lag / rateAt(internalOf(solved, late - lag / 2));
    return { late: sigma, early: sigma - between, lag: between, rate };
  }
  const before = internalOf(solved, early);
  return { late: sigma, early: before, lag: sigma - before, rate };
}

/** A one-time function of the rows at a clock. */
export function interpolateSeries(
  history: AgingHistory,
  pick: (solved: SolvedPhase) => { readonly values: Float64Array; readonly start: number },
  clock: number,
): number {
  const solved = phaseAt(history, clock);
  const { values, start } = pick(solved);
  let sum = 0;
  const rest = rowsAround(solved, internalOf(solved, clock - solved.start.clock), (row, weight) => {
    sum += weight * values[row];
  });
  return sum + rest * start;
}

/** C (component 0) or R (1) at a pair of clocks. */
export function interpolatePair(history: AgingHistory, pair: ClockPair, component: 0 | 1): number {
  const solved = phaseAt(history, pair.late);
  const { start, rows, grid } = solved;
  const { late, early, lag, rate } = internalPair(solved, pair);
  const sigma = late - start.clock;
  const panel = start.old.findIndex((one) => early <= one.start + one.length);
  const inCurrent = panel < 0;
  const [phi, psi] = inCurrent
    ? [(early - start.clock) / sigma, lag / sigma]
    : [(early - start.old[panel].start) / start.old[panel].length, 1];
  const rest = inCurrent ? psi : 1 - phi;
  const position = grid.position(Math.max(0, phi), Math.max(0, rest));
  const weights = new Float64Array(GRID_STENCIL);
  const first = placeStencil(grid, position, weights, 0);
  // R is interpolated as the density of ∫R, and σR between rows.
  const density = grid.densityAt(position);
  const at = 2 * ((inCurrent ? rows.panels - 1 : panel) * grid.size + first) + component;
  const along = (pairs: Float64Array, from: number) => {
    let sum = 0;
    for (let q = 0; q < GRID_STENCIL; q++) {
      const factor = component === 1 ? grid.density[first + q] / density : 1;
      sum += weights[q] * factor * pairs[from + at + 2 * q];
    }
    return sum;
  };
  const growing = component === 1 && inCurrent && sigma >= rows.sigma[0];
  let sum = 0;
  const remaining = rowsAround(solved, sigma, (row, weight) => {
    sum += (growing ? rows.sigma[row] / sigma : 1) * weight * along(rows.pairs, row * rows.width);
  });
  const value = remaining > 0 ? sum + remaining * along(start.pairs, 0) : sum;
  // To a jump in the clock.
  return component === 1 ? value / rate : value;
}
