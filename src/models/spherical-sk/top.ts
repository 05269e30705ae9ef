import { integrate } from "../../numerics/gauss-legendre";
import { findRoot } from "../../numerics/roots";
import type { Spectrum } from "../spectra";
import { outlierOf } from "./outlier";
import { bulkOf, type SphericalSk } from "./problem";

type Landscape = Pick<SphericalSk, "noise" | "signal" | "spectrum" | "size">;

/** Eigenvalues at the edge that are followed one by one. */
const SINGLE = 32;
/** Smallest share of the angles' range in which a typical eigenvalue is looked for. */
const TOLERANCE = 1e-13;

/** The top of the spectrum that the theory works with. */
export interface Top {
  /** λ1. */
  readonly topEigenvalue: number;
  /** λ1 − edge of the bulk: κ of an outlier; below 0 for the typical largest eigenvalue of a finite matrix without one. */
  readonly gap: number;
  /** Angles θ of single eigenvalues from the largest on, and where the continuous rest begins; of a finite matrix without an outlier. */
  readonly single?: { readonly angles: readonly number[]; readonly rest: number };
}

/**
 * λ1 and its gap: those of {@link outlierOf}; of a finite matrix without an outlier those of its typical spectrum, whose k-th eigenvalue
 * has k − 3/4 of N above it (docs/equations.md, S26).
 */
export function topOf(landscape: Landscape): Top {
  const { size } = landscape;
  const outlier = outlierOf(landscape);
  if (outlier.gap > 0 || size === null) return outlier;
  const bulk = bulkOf(landscape);
  const count = Math.min(SINGLE, Math.max(1, Math.floor(size / 8)));
  const angles = Array.from({ length: count }, (_, k) => angleAbove(bulk, (k + 0.25) / size));
  const gap = -bulk.belowTop(angles[0]);
  return {
    topEigenvalue: bulk.top + gap,
    gap,
    single: { angles, rest: angleAbove(bulk, (count - 0.25) / size) },
  };
}

/** The angle with that share of the spectrum above it. */
function angleAbove(bulk: Spectrum, share: number): number {
  const missing = (angle: number) => integrate(bulk.angularDensity, 0, angle, 4) - share;
  return findRoot(missing, 0, Math.PI, { tolerance: TOLERANCE });
}
