import type { TwoTimeProblem } from "../problem";
import type { Phase } from "./phase";

/** Rows at the beginning of a phase that are known without solving. */
export const KNOWN_ROWS = 8;

/** A phase that was solved, as far as it went. */
export interface SolvedPhase {
  readonly phase: Phase;
  /** Number of finished rows. */
  count: number;
  /** Loss of each channel by row, and at the start. */
  readonly losses: readonly Float64Array[];
  readonly startLosses: readonly number[];
  /** Iterations by row: 0 of the first, known rows. */
  readonly iterations: Int32Array;
}

/** The time of the landscape: 1/√Q′(1). */
export const landscapeTime = ({ covariance }: TwoTimeProblem): number => 1 / Math.sqrt(covariance.first(1));
