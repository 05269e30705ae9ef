import { finite, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { checkPhaseRetrieval, type PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { modulusError, type StartValues, startValues } from "../../models/phase-retrieval/start";

/** Order parameters of a weight vector and a signal. */
export interface RetrievalOverlaps {
  /** m = w·w0/N */
  readonly overlap: number;
  /** q = w·w/N */
  readonly norm: number;
  /** q0 = w0·w0/N; default 1. */
  readonly signalNorm?: number;
}

/**
 * Mean squared error of the predicted modulus on new measurements, E (|h| − |h0|)² (Stochasticity helps to navigate
 * rough landscapes, eq. (B.8)): 0 for w = ±w0, 2 − 4/π on the sphere without overlap.
 * @throws InvalidParameterError unless q and q0 are above 0 and m² ≤ q q0.
 */
export function meanSquaredError({ overlap, norm, signalNorm = 1 }: RetrievalOverlaps): number {
  positive("norm", norm);
  positive("signalNorm", signalNorm);
  const most = Math.sqrt(norm * signalNorm);
  if (Math.abs(finite("overlap", overlap)) > most * (1 + 1e-12)) {
    throw new InvalidParameterError(
      "overlap",
      overlap,
      `a number from −${most} to ${most}, √(norm signalNorm)`,
    );
  }
  return modulusError(overlap, norm, signalNorm);
}

/**
 * Closed forms at t = 0 in the limit N → ∞, for the cost (h² − h0²)²/4: overlap, norm, training loss, mean squared
 * error, multiplier ν̂ = T − α⟨hF⟩, curvature δν = α⟨D⟩, drive μ = α⟨h0 F⟩ with F = c s v′ and D = c s v″, recovered
 * fraction (1 where the start is the signal); correlation C(0,0) = q and response R(0⁺,0) = 1; and the kernels of the
 * noise, M_C(0,0) = α⟨F²⟩, and of the response, M_R(0⁺,0) = α⟨D²⟩ (corrected, see docs/errata.md: α/ℓ times ⟨v″²⟩, not
 * α/ℓ²).
 * @throws InvalidParameterError for a problem that makes no sense.
 */
export function retrievalStart(problem: PhaseRetrieval): StartValues {
  checkPhaseRetrieval(problem);
  return startValues(problem);
}
