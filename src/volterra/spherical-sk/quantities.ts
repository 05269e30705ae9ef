import { bulkOf, type SphericalSk } from "../../models/spherical-sk/problem";
import { topOf } from "../../models/spherical-sk/top";

/** What all quantities follow from at one time. */
export interface Observed {
  /** T_eff = Tη. */
  readonly heat: number;
  /** λ1 − Σ w μ y: twice the loss above the ground state. */
  readonly below: number;
  readonly logGamma: number;
  /** Overlap with the signal, and squared overlap with the eigenvector of λ1; of a system with a signal, or a size. */
  readonly overlap: number;
  readonly topOverlap: number;
}

/** Points of the density of the Hessian, from its left edge to the right one. */
const DENSITY_POINTS = 21;

/** Writes the quantities of a system, by name. */
export interface Readout {
  readonly names: readonly string[];
  /** In the order of the names. */
  read(observed: Observed, out: Float64Array): void;
}

/**
 * loss = −(z − T_eff)/2 (learning-rate schedules paper, eq. (5); S5), excessLoss above −λ1/2, multiplier z, logGamma = 2∫z ds,
 * the edge z − 2Δ of ∇²L + z = z − A, and its bulk density ρ(z − μ) at 21 eigenvalues (eq. (8); S6); with a signal overlap
 * and topOverlap, at a finite size topOverlap. The outlier is not part of the density.
 */
export function createReadout(problem: SphericalSk): Readout {
  const bulk = bulkOf(problem);
  const { topEigenvalue, gap } = topOf(problem);
  const angles = Array.from({ length: DENSITY_POINTS }, (_, k) => (Math.PI * k) / (DENSITY_POINTS - 1));
  const fromTop = angles.map((angle) => bulk.belowTop(angle));
  const densities = fromTop.map((distance) => bulk.density(bulk.top - distance));
  const planted = problem.signal === 1;
  const hasTop = planted || problem.size !== null;
  const names = [
    "loss",
    "excessLoss",
    "multiplier",
    "logGamma",
    ...(planted ? ["overlap"] : []),
    ...(hasTop ? ["topOverlap"] : []),
    "hessianLeftEdge",
    ...angles.map((_, k) => `hessianEigenvalue[${k}]`),
    ...angles.map((_, k) => `hessianDensity[${k}]`),
  ];
  return {
    names,
    read({ heat, below, logGamma, overlap, topOverlap }, out) {
      let at = 0;
      out[at++] = (below - topEigenvalue) / 2;
      out[at++] = below / 2;
      out[at++] = topEigenvalue - below + heat;
      out[at++] = logGamma;
      if (planted) out[at++] = overlap;
      if (hasTop) out[at++] = topOverlap;
      const leftEdge = heat + gap - below;
      out[at++] = leftEdge;
      for (const distance of fromTop) out[at++] = leftEdge + distance;
      for (const density of densities) out[at++] = density;
    },
  };
}
