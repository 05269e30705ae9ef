import { gaussLegendre } from "../../numerics/gauss-legendre";
import { outlierOf } from "./outlier";
import { bulkOf, type SphericalSk } from "./problem";

/**
 * The eigenmodes of A that stand for its whole spectrum: sums over them are integrals over the spectral measure, whose
 * weights add up to 1. Everything is counted from λ1, so that nothing cancels close to the edge.
 */
export interface Modes {
  /** λ1, the largest eigenvalue. */
  readonly topEigenvalue: number;
  /** k = λ1 − μ. */
  readonly below: Float64Array;
  readonly weight: Float64Array;
  /** y(0) = ⟨x_μ²⟩ of the start; Σ weight·y = 1. */
  readonly start: Float64Array;
  /** Share of a mode in a trace over all of them, whatever the start: that of the outlier is 1/N, at infinite size 0. */
  readonly share: Float64Array;
  /** How much noise a mode gets: 1; 0 for the outlier of the infinite system, one mode among infinitely many. */
  readonly heat: Float64Array;
  /** Share of the start's overlap m0 that is along a mode; adds up to m0. Absent without a macroscopic overlap. */
  readonly overlap?: Float64Array;
  /** Which mode is the outlier; −1 where there is none. */
  readonly outlier: number;
}

/** Cells an octave of the angle. */
const CELLS = 2;

/**
 * The modes that resolve the dynamics up to a clock s. With the angle θ from the edge, e^{−2ks} is smooth on every octave of θ:
 * ten Gauss points on each half octave, down to θ ~ 1/√(Δs), integrate it to rounding with about 20 log₂(4√(Δs)) modes,
 * where equally spaced angles would take 8√s.
 * @param clock the largest s, @param spikeWeight Z² of the start, @param finer multiplies the number of cells
 */
export function createModes(problem: SphericalSk, clock: number, spikeWeight: number, finer = 1): Modes {
  const { noise, signal, size, initialOverlap } = problem;
  const bulk = bulkOf(problem);
  const { topEigenvalue, gap, signalOverlapSquared } = outlierOf(problem);
  const nearest = signal === 1 ? Math.abs(1 - noise) : 1;
  const { points, weights } = gaussLegendre(octaves(noise * clock, nearest, bulk.bottomWidth, CELLS * finer));
  const count = points.length;
  const hasOutlier = gap > 0 && (size !== null || initialOverlap !== null);
  const room = count + (hasOutlier ? 1 : 0);
  const below = new Float64Array(room);
  const weight = new Float64Array(room);
  const start = new Float64Array(room).fill(1);
  const share = new Float64Array(room);
  const heat = new Float64Array(room).fill(1);
  const overlap = initialOverlap === null ? undefined : new Float64Array(room);

  const spike = size !== null ? spikeWeight / size : 0;
  for (let i = 0; i < count; i++) {
    below[i] = gap + bulk.belowTop(points[i]);
    const density = weights[i] * bulk.angularDensity(points[i]);
    weight[i] = density * (hasOutlier ? 1 - spike : 1);
    share[i] = density * (hasOutlier && size !== null ? 1 - 1 / size : 1);
    if (initialOverlap === null) continue;
    // Density of the signal's direction over that of the bulk, Δ²/(1 + Δ² − μ) (S12).
    const distance = (1 - noise) ** 2 + bulk.belowTop(points[i]);
    const along = noise ** 2 / distance;
    start[i] = 1 - initialOverlap ** 2 + initialOverlap ** 2 * along;
    overlap![i] = initialOverlap * weight[i] * along;
  }
  if (hasOutlier && size !== null) {
    weight[count] = spike;
    share[count] = 1 / size;
  }
  if (hasOutlier && initialOverlap !== null) {
    weight[count] = initialOverlap ** 2 * signalOverlapSquared;
    heat[count] = 0;
    overlap![count] = initialOverlap * signalOverlapSquared;
  }
  return { topEigenvalue, below, weight, start, share, heat, overlap, outlier: hasOutlier ? count : -1 };
}

/**
 * Angles … π/4, π/2, down to where e^{−2Δsθ²} and what is singular at `nearest` are smooth, each octave in equal cells; from π/2 on
 * likewise towards π, up to the width there.
 */
function octaves(scale: number, nearest: number, bottomWidth: number, cells: number): Float64Array {
  const smallest = Math.min(1 / Math.sqrt(1 + 2 * scale), Math.max(nearest, 1e-8)) / 2;
  const count = Math.max(1, Math.ceil(Math.log2(Math.PI / smallest)));
  const mirrored = Math.max(1, Math.ceil(Math.log2(Math.PI / bottomWidth)));
  const ends = [0];
  for (let octave = count; octave >= 1; octave--) ends.push(Math.PI / 2 ** octave);
  for (let octave = 2; octave <= mirrored; octave++) ends.push(Math.PI - Math.PI / 2 ** octave);
  ends.push(Math.PI);
  const edges = [0];
  for (let k = 1; k < ends.length; k++) {
    const parts = k === 1 ? 1 : cells;
    for (let cell = 1; cell <= parts; cell++)
      edges.push(ends[k - 1] + ((ends[k] - ends[k - 1]) * cell) / parts);
  }
  return Float64Array.from(edges);
}
