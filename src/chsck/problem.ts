import { nonNegative } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import type { Covariance } from "../models/covariance";
import type { Schedule } from "../schedule";

/**
 * Langevin dynamics on the sphere |x|² = N in a Gaussian landscape with covariance N·Q, in the large-N limit:
 * dx = −η(t)(∇L + z x) dt + η(t) √(2T) dW, from a uniformly random start (given the overlap, if any).
 */
export interface TwoTimeProblem {
  /** Covariance polynomial Q; each of its terms is a channel with a loss of its own. */
  readonly covariance: Covariance;
  /** Temperature T ≥ 0 of the noise. */
  readonly temperature: number;
  /** Learning rate η(t). */
  readonly schedule: Schedule;
  /** Overlap m(0) with a planted signal whose loss is −N·Q(m); absent without a signal. */
  readonly initialOverlap?: number;
  /** A loss that no state is below, where known: a solution that falls below it is an error. */
  readonly lowestLoss?: number;
}

/** @throws InvalidParameterError for a problem that makes no sense. */
export function checkProblem(problem: TwoTimeProblem): void {
  nonNegative("temperature", problem.temperature);
  const overlap = problem.initialOverlap;
  if (overlap !== undefined && !(Math.abs(overlap) <= 1)) {
    throw new InvalidParameterError("initialOverlap", overlap, "a number from -1 to 1");
  }
}
