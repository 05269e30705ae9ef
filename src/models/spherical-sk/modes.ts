import { gaussLegendre } from "../../numerics/gauss-legendre";
import { outlierOf } from "./outlier";
import { bulkOf, type SphericalSk } from "./problem";
import { topOf } from "./top";

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
  /** Which mode is that of λ1, an outlier or the top of a finite spectrum; −1 where there is none. */
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
  const { topEigenvalue, gap, single } = topOf(problem);
  if (single) return finiteModes(problem, clock, spikeWeight, CELLS * finer);
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
    const { signalOverlapSquared } = outlierOf(problem);
    weight[count] = initialOverlap ** 2 * signalOverlapSquared;
    heat[count] = 0;
    overlap![count] = initialOverlap * signalOverlapSquared;
  }
  return { topEigenvalue, below, weight, start, share, heat, overlap, outlier: hasOutlier ? count : -1 };
}

/** The modes of a typical finite spectrum without an outlier: its top eigenvalues one by one, the rest as at infinite size. */
function finiteModes(problem: SphericalSk, clock: number, spikeWeight: number, cells: number): Modes {
  const { noise } = problem;
  const size = problem.size!;
  const bulk = bulkOf(problem);
  const { topEigenvalue, gap, single } = topOf(problem);
  const { angles, rest } = single!;
  const { points, weights } = gaussLegendre(octaves(noise * clock, 1, bulk.bottomWidth, cells, rest));
  const densities = Array.from(points, (angle, i) => weights[i] * bulk.angularDensity(angle));
  const restShare = densities.reduce((sum, density) => sum + density, 0);
  const all = [...angles, ...points];
  const start = new Float64Array(all.length).fill(1);
  const filled = (first: number, inBulk: number) => [
    first,
    ...angles.slice(1).map(() => 1 / size),
    ...densities.map((density) => (density * inBulk) / restShare),
  ];
  const left = 1 - (angles.length - 1) / size;
  return {
    topEigenvalue,
    below: Float64Array.from(all, (angle) => gap + bulk.belowTop(angle)),
    weight: Float64Array.from(filled(spikeWeight / size, left - spikeWeight / size)),
    share: Float64Array.from(filled(1 / size, left - 1 / size)),
    start,
    heat: start.slice(),
    outlier: 0,
  };
}

/**
 * Angles … π/4, π/2, down to where e^{−2Δsθ²} and what is singular at `nearest` are smooth, each octave in equal cells; from π/2 on
 * likewise towards π, up to the width there.
 * @param from where they begin
 */
function octaves(scale: number, nearest: number, bottomWidth: number, cells: number, from = 0): Float64Array {
  const smallest = Math.min(1 / Math.sqrt(1 + 2 * scale), Math.max(nearest, 1e-8)) / 2;
  const count = Math.max(1, Math.ceil(Math.log2(Math.PI / smallest)));
  const mirrored = Math.max(1, Math.ceil(Math.log2(Math.PI / bottomWidth)));
  const ends = [from];
  for (let octave = count; octave >= 1; octave--) {
    if (Math.PI / 2 ** octave > from) ends.push(Math.PI / 2 ** octave);
  }
  for (let octave = 2; octave <= mirrored; octave++) ends.push(Math.PI - Math.PI / 2 ** octave);
  ends.push(Math.PI);
  const edges = [from];
  for (let k = 1; k < ends.length; k++) {
    const parts = k === 1 && from === 0 ? 1 : cells;
    for (let cell = 1; cell <= parts; cell++)
      edges.push(ends[k - 1] + ((ends[k] - ends[k - 1]) * cell) / parts);
  }
  return Float64Array.from(edges);
}
