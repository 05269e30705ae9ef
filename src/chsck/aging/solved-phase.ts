import type { Covariance } from "../../models/covariance";
import { plantingOf } from "../../models/planted-start";
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

/** The clock of row r. */
export const clockAt = ({ phase }: SolvedPhase, r: number): number => phase.start.clock + phase.rows.sigma[r];

/** The time of the landscape: 1/√Q′(1). */
export const landscapeTime = ({ covariance }: TwoTimeProblem): number => 1 / Math.sqrt(covariance.first(1));

/** The overlap with the signal or the start in equilibrium, whose sign it keeps; 0 without one. */
export const overlapOf = (problem: TwoTimeProblem, logOverlap: number): number =>
  Math.sign(plantingOf(problem)?.overlap ?? 0) * Math.exp(logOverlap);

/** What the signal, or the start in equilibrium, makes of the loss of a channel. */
export const plantedLoss = (problem: TwoTimeProblem, channel: Covariance, logOverlap: number): number =>
  -(plantingOf(problem)?.strength ?? 0) * channel.value(overlapOf(problem, logOverlap));

/** Whether a signal is looked for, and found in a time that is short against the search. */
export const escapes = ({ initialOverlap = 0 }: TwoTimeProblem): boolean => initialOverlap !== 0;
