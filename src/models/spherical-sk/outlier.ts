import { record } from "../../core/check";
import { bulkOf, type SphericalSk } from "./problem";

type Landscape = Pick<SphericalSk, "noise" | "signal" | "spectrum">;

/**
 * What the signal does to the spectrum of A (Baik, Ben Arous and Péché; docs/equations.md, S11; the learning-rate schedules
 * paper prints other values, see docs/errata.md): below the noise Δ = 1 an eigenvalue stands out of the bulk.
 */
export interface Outlier {
  /** λ1: 1 + Δ² with an outlier, the edge of the bulk without. */
  readonly topEigenvalue: number;
  /** κ = λ1 − edge: (1 − Δ)² for Δ < 1, else 0. */
  readonly gap: number;
  /** (v1·x*)²/N = 1 − Δ² for Δ < 1, else 0. */
  readonly signalOverlapSquared: number;
}

/** λ1, the gap below it and the overlap of its eigenvector with the signal, at infinite size. */
export function outlierOf(landscape: Landscape): Outlier {
  const { noise, signal } = record("landscape", landscape);
  const edge = bulkOf(landscape).top;
  if (signal === 0 || noise >= 1) return { topEigenvalue: edge, gap: 0, signalOverlapSquared: 0 };
  return {
    topEigenvalue: 1 + noise * noise,
    gap: (1 - noise) ** 2,
    signalOverlapSquared: 1 - noise * noise,
  };
}

/** Lowest loss per spin, −λ1/2. */
export const groundStateLoss = (landscape: Landscape): number => -outlierOf(landscape).topEigenvalue / 2;
