import type { Cost } from "../../models/cost";

/** How the effective process is kept on the sphere. */
export const SPHERES = ["projection", "multiplier"] as const;

/** How the fields at t = 0 are drawn. */
export interface StartDraws {
  /** "quasi-random" (default): points of a Kronecker sequence, shifted at random, instead of independent ones. */
  readonly sampling?: "random" | "quasi-random";
  /**
   * Importance sampling: h0 and h(0) are drawn from Gaussians this many times wider, and weighted accordingly; from 1
   * (none) to 1.5. Default 1.2, and 1 for learning rates so near the limit that large fields must be left out.
   */
  readonly width?: number;
}

/** What both methods have in common. */
export interface ProcessMethod {
  /** Time up to which to solve; rounded up to a whole number of steps of the learning rate. */
  readonly until: number;
  /** Trajectories of the effective process in each pass. */
  readonly trajectories?: number;
  readonly seed: number | string;
  /** Independent repeats, whose spread is the error. */
  readonly runs?: number;
  /** On the sphere: a projection after every step (default, as the algorithms do), or the multiplier of (P.19). */
  readonly sphere?: (typeof SPHERES)[number];
  readonly start?: StartDraws;
  /** Default: the paper's, {@link phaseRetrievalCost}. A function cannot be sent to a worker: all runs in this thread. */
  readonly cost?: Cost;
  /** Numbers in which responses are summed; default "float32", whose rounding the sampling error dwarfs. */
  readonly precision?: "float32" | "float64";
}

/** A form of the equations; another one than {@link CORRECTED} only to show what a misprint would do. */
export interface EquationForm {
  /** Factor of the response kernel besides α⟨D T⟩: 1, in the print of eq. (A.21) 1/ℓ. */
  readonly responseFactor: number;
  /** What damps the overlap besides the drive: ν̂, in the print of eq. (A.23) ν̂ + δν. */
  readonly overlapDamping: "multiplier" | "multiplier and curvature";
}

export const CORRECTED: EquationForm = { responseFactor: 1, overlapDamping: "multiplier" };
