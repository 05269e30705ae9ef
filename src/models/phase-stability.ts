import { findRoot } from "../numerics/roots";
import { erfc } from "../numerics/special";
import { type Cost, phaseRetrievalCost } from "./cost";
import { gradientFactor, type PhaseRetrieval, ridgeOf } from "./phase-retrieval";

/** The limit holds for all but so many of the data sets. */
const UNSTABLE_SHARE = 0.05;
/** Of the sums over h0. */
const SPACING = 0.05;
const REACH = 9;

/**
 * Largest learning rate at which the descent settles at the signal, 2/κ with the largest curvature there,
 * κ ≈ c [max v″(h0,h0) + ℓα⟨v″(h0,h0)⟩] + λ: of the sample with the largest |h0|, of the others together, and of the ridge.
 * The largest |h0| is the one that a twentieth of all data sets of M samples exceed. Infinity where nothing is curved.
 *
 * Above it the samples with the largest |h0| never come to rest, and the loss stays above 0.
 * @param samples M
 */
export function learningRateLimit(
  problem: PhaseRetrieval,
  samples: number,
  cost: Cost = phaseRetrievalCost,
): number {
  const { sampleRatio, batchFraction } = problem;
  const reach = findRoot((h) => samples * erfc(h * Math.SQRT1_2) - UNSTABLE_SHARE, 0, 2 * REACH);
  let steepest = cost.second(reach, reach);
  let typical = 0;
  for (let h0 = -REACH; h0 <= REACH; h0 += SPACING) {
    const curvature = cost.second(h0, h0);
    if (Math.abs(h0) <= reach) steepest = Math.max(steepest, curvature);
    typical += (curvature * SPACING * Math.exp(-0.5 * h0 * h0)) / Math.sqrt(2 * Math.PI);
  }
  const others = batchFraction * sampleRatio * typical;
  const largest = gradientFactor(problem) * (steepest + others) + ridgeOf(problem);
  return largest > 0 ? 2 / largest : Infinity;
}
