import { record } from "../../core/check";
import type { Cost } from "../../models/cost";
import {
  checkPhaseRetrieval,
  gradientFactor,
  type PhaseRetrieval,
  ridgeOf,
} from "../../models/phase-retrieval/problem";

/** Largest |h0| sampled where the learning rate allows it: 2 in 10⁹ are beyond. */
const REACH = 6;
/** Least reach: 5 in 10⁵ beyond. More would be missed, or make the responses explode. */
const LEAST_REACH = 4.06;
/** η (c v″ + λ) at the signal may be this large; at 2 the trajectory never comes to rest, and its response explodes. */
const LARGEST_CURVATURE = 1.445;
const SPACING = 0.01;

/** Largest |h0| up to which the curvature at the signal is bearable for the step. */
export function reachOf(problem: PhaseRetrieval, cost: Cost): number {
  const { learningRate } = problem;
  const [factor, ridge] = [gradientFactor(problem), ridgeOf(problem)];
  let reach = 0;
  while (reach < REACH) {
    const next = reach + SPACING;
    const steepest = Math.max(cost.second(next, next), cost.second(-next, -next));
    if (learningRate * (factor * steepest + ridge) > LARGEST_CURVATURE) break;
    reach = next;
  }
  return Math.min(reach, REACH);
}

/**
 * Largest learning rate at which the effective process can be sampled: with the paper's cost 0.0438 ℓ (0.0438 without
 * rescaled gradient) on the sphere; a ridge is curvature too. Sampling sees far larger |h0| than M measurements do, so the limit is lower than the algorithm's.
 */
export function effectiveRateLimit(problem: PhaseRetrieval, cost: Cost): number {
  checkPhaseRetrieval(problem);
  record("cost", cost, ["second"]);
  let steepest = 0;
  for (let h = 0; h <= LEAST_REACH; h += SPACING) {
    steepest = Math.max(steepest, cost.second(h, h), cost.second(-h, -h));
  }
  const curvature = gradientFactor(problem) * steepest + ridgeOf(problem);
  return curvature > 0 ? LARGEST_CURVATURE / curvature : Infinity;
}
