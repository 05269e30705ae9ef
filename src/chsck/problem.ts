import { nonNegative } from "../core/check";
import { checkPlantedStart, type PlantedStart } from "../models/planted-start";
import type { Schedule } from "../schedule";

/**
 * Langevin dynamics on the sphere |x|² = N in a Gaussian landscape with covariance N·Q, in the large-N limit:
 * dx = −η(t)(∇L + z x) dt + η(t) √(2T) dW, from a uniformly random start (given the overlap m(0) with a signal whose loss is
 * −N·Q(m), if any), or one in equilibrium. Each term of the covariance polynomial Q is a channel with a loss of its own.
 */
export interface TwoTimeProblem extends PlantedStart {
  /** Temperature T ≥ 0 of the noise. */
  readonly temperature: number;
  /** Learning rate η(t). */
  readonly schedule: Schedule;
  /** A loss that no state is below, where known: a solution that falls below it is an error. */
  readonly lowestLoss?: number;
}

/** @throws InvalidParameterError for a problem that makes no sense. */
export function checkProblem(problem: TwoTimeProblem): void {
  nonNegative("temperature", problem.temperature);
  checkPlantedStart(problem);
}
