import { findRoot } from "../../numerics/roots";
import { erfc } from "../../numerics/special";
import { type Cost, phaseRetrievalCost } from "../cost";
import { gradientFactor, type PhaseRetrieval, ridgeOf } from "./problem";

/** From one learning rate to the other the descent at the signal loses its hold. */
export interface LearningRateLimits {
  /**
   * 2/κ with the largest curvature at the signal, κ ≈ c [max v″(h0,h0) + ℓα⟨v″(h0,h0)⟩] + λ: of the sample with the
   * largest |h0|, of the others together, and of the ridge; the largest |h0| is the one that a twentieth of all data
   * sets of M samples exceed. Above it some data sets never come to rest: their loss stays above 0, but finite.
   */
  readonly settling: number;
  /**
   * 2/(c v″(h0,h0) + λ) with the largest |h0| that M samples have on average: from here on the steepest sample is unstable
   * by itself. For the cost (h² − h0²)²/4 on the sphere it is ηc max h0² = 1, at M = 3000 η = 1/(14c).
   */
  readonly single: number;
}

/** The descent settles up to its limit in all but this share of the data sets. */
const UNSTABLE_SHARE = 0.05;
/** e^(−γ): where M P(|h0| > h) is this, the largest of M has its mean (Gumbel's law). */
const AT_THE_MEAN = Math.exp(-0.5772156649015329);
/** Of the sums over h0. */
const SPACING = 0.05;
const REACH = 9;

/** Limits of the learning rate, the first of them (P.9); Infinity where nothing is curved. @param samples M */
export function learningRateLimits(
  problem: PhaseRetrieval,
  samples: number,
  cost: Cost = phaseRetrievalCost,
): LearningRateLimits {
  const typical = meanCurvature(cost);
  const steepest = (exceeding: number) => steepestUpTo(largestField(samples, exceeding), cost);
  return {
    settling: settlingRate(problem, steepest(UNSTABLE_SHARE), typical),
    single: settlingRate(problem, steepest(AT_THE_MEAN), 0),
  };
}

/**
 * Learning rate from which on the descent cannot settle at the signal even without the steepest samples: 2/(c ℓα⟨v″⟩ + λ).
 * The infinite system has no largest |h0|, and this limit in place of `settling`.
 */
export const collectiveLimit = (problem: PhaseRetrieval, cost: Cost = phaseRetrievalCost): number =>
  settlingRate(problem, 0, meanCurvature(cost));

/** ⟨v″(h0,h0)⟩ of a standard normal h0. */
function meanCurvature(cost: Cost): number {
  let mean = 0;
  for (let h0 = -REACH; h0 <= REACH; h0 += SPACING) {
    mean += (cost.second(h0, h0) * SPACING * Math.exp(-0.5 * h0 * h0)) / Math.sqrt(2 * Math.PI);
  }
  return mean;
}

/** Whether the descent settles at the signal of this data set, by the same curvature. @param labels its h0 */
export function settles(problem: PhaseRetrieval, labels: Float64Array, cost: Cost): boolean {
  let steepest = -Infinity;
  let sum = 0;
  for (const h0 of labels) {
    const curvature = cost.second(h0, h0);
    steepest = Math.max(steepest, curvature);
    sum += curvature;
  }
  return problem.learningRate <= settlingRate(problem, steepest, sum / labels.length);
}

function settlingRate(problem: PhaseRetrieval, steepest: number, typical: number): number {
  const others = problem.batchFraction * problem.sampleRatio * typical;
  const curvature = gradientFactor(problem) * (steepest + others) + ridgeOf(problem);
  return curvature > 0 ? 2 / curvature : Infinity;
}

/** |h0| that this many of the samples exceed on average. */
function largestField(samples: number, exceeding: number): number {
  return findRoot((h) => samples * erfc(h * Math.SQRT1_2) - exceeding, 0, 2 * REACH);
}

function steepestUpTo(reach: number, cost: Cost): number {
  let steepest = Math.max(cost.second(reach, reach), cost.second(-reach, -reach));
  for (let h0 = 0; h0 <= reach; h0 += SPACING) {
    steepest = Math.max(steepest, cost.second(h0, h0), cost.second(-h0, -h0));
  }
  return steepest;
}
