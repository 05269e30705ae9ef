import { checkPhaseRetrieval, type PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { type StartValues, startValues } from "../../models/phase-retrieval/start";

/**
 * Closed forms at t = 0 in the limit N → ∞, for the cost (h² − h0²)²/4: overlap, norm, training loss, mean squared
 * and absolute error, multiplier ν̂ = T − α⟨hF⟩, curvature δν = α⟨D⟩, drive μ = α⟨h0 F⟩ with F = c s v′ and D = c s v″, recovered
 * fraction (1 where the start is the signal); correlation C(0,0) = q and response R(0⁺,0) = 1; and the kernels of the
 * noise, M_C(0,0) = α⟨F²⟩, and of the response, M_R(0⁺,0) = α⟨D²⟩ (corrected, see docs/errata.md: α/ℓ times ⟨v″²⟩, not
 * α/ℓ²).
 * @throws InvalidParameterError for a problem that makes no sense.
 */
export function retrievalStart(problem: PhaseRetrieval): StartValues {
  checkPhaseRetrieval(problem);
  return startValues(problem);
}
