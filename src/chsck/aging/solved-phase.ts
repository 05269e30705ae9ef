import type { TwoTimeProblem } from "../problem";
import type { Gauge } from "./gauge";
import type { CrowdedGrid } from "./grid";
import type { KeptFactors } from "./newton";
import type { PhaseStart } from "./phase";
import type { RowRecord } from "./rows";

/** Rows at the beginning of a phase that are known without solving. */
export const KNOWN_ROWS = 8;

/** The rows that were solved on one grid, before the next one was taken. */
export interface FinishedLeg {
  readonly grid: CrowdedGrid;
  /** The row behind its last. */
  readonly end: number;
  /** Its own rows, one behind the other. */
  readonly pairs: Float64Array;
  /** The distance of rows at its end. */
  readonly spacing: number;
}

/** A phase, as far as it is solved: all that its further rows, and its values between rows, depend on. */
export interface SolvedPhase {
  start: PhaseStart;
  grid: CrowdedGrid;
  /** On this grid, also those that were solved on others. */
  rows: RowRecord;
  readonly legs: FinishedLeg[];
  /** Number of finished rows. */
  count: number;
  /** Loss of each channel by row, and at the start. */
  readonly losses: readonly Float64Array[];
  readonly startLosses: readonly number[];
  /** Iterations by row: 0 of the first, known rows. */
  readonly iterations: Int32Array;
  /** The distance of the last rows, and the one to the next row that their accuracy allows. */
  spacing: number;
  longest: number;
  /** The first row that was placed so that the last one lies on the end, and that end; none where Infinity. */
  landing: { readonly row: number; readonly length: number };
  /** Where the factorisation was made that the next row begins with. */
  kept?: KeptFactors;
  /** Of late rows that have an internal time. */
  gauge?: Gauge;
}

export const NOT_LANDING = { row: Infinity, length: Infinity };

/** The clock of row r. */
export const clockAt = ({ start, rows }: SolvedPhase, r: number): number => start.clock + rows.elapsed[r];

/** But for the rounding of sums of clocks. */
export const REACHED = 1e-12;
/** An internal time is led to the end of a run as well as its rate is predicted; what is left, rows are carried on by. */
const REACHED_BY_GAUGE = 1e-4;

/** Whether a phase is solved up to the clock b + `length`. */
export function reaches({ rows, count, gauge }: SolvedPhase, length: number): boolean {
  return rows.elapsed[count - 1] >= length * (1 - (gauge ? REACHED_BY_GAUGE : REACHED));
}

/** The clock up to which a phase is solved. */
export function endOf(solved: SolvedPhase): number {
  const { start, count, gauge, landing } = solved;
  const isLanded = gauge && landing.length < Infinity && reaches(solved, landing.length);
  return isLanded ? start.clock + landing.length : clockAt(solved, count - 1);
}

/** The time of the landscape: 1/√Q′(1). */
export const landscapeTime = ({ covariance }: TwoTimeProblem): number => 1 / Math.sqrt(covariance.first(1));
