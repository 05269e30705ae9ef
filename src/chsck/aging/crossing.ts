import type { TwoTimeProblem } from "../problem";
import { escapes } from "./overlap";
import type { RowRecord } from "./rows";
import type { SolvedPhase } from "./solved-phase";

/** A smaller overlap leaves nothing that is seen in C. */
const SEEN = 0.05;
/** A crossing is sharp where ln m still grows by more than this in a time as long as the phase. */
const SHARP = 1;

/**
 * Whether the signal is being found at row r: from here on m grows no faster. What is found in a time that is short against the search
 * leaves a layer in C(s, s′) at those s′, for which later rows have too few nodes; a phase that ends here has the nodes of two
 * panels crowded around it.
 */
export function crosses(problem: TwoTimeProblem, { rows }: SolvedPhase, r: number): boolean {
  const { logOverlap, place } = rows;
  if (!escapes(problem) || Math.exp(logOverlap[r]) < SEEN) return false;
  const growth = (logOverlap[r] - logOverlap[r - 1]) / (place[r] - place[r - 1]);
  return growth > SHARP && !hastens(rows, r);
}

/** Whether m grows faster at row r than before. */
function hastens({ logOverlap, sigma }: RowRecord, r: number): boolean {
  const rate = (k: number) =>
    (Math.exp(logOverlap[k]) - Math.exp(logOverlap[k - 1])) / (sigma[k] - sigma[k - 1]);
  return rate(r) >= rate(r - 1);
}

/** A change of m by one in so many units of the landscape's time is what a crossing is at its fastest. */
const FASTEST = 1.4;
const MOST_DELAYED = 300;

/**
 * How many times what ln m is off at row r shows in m once the signal is found: m is late by that over the growth of ln m, which is slow
 * while it is looked for, where the crossing itself is fast. @param unit the landscape's time.
 */
export function delayOf(rows: RowRecord, r: number, unit: number): number {
  if (!hastens(rows, r)) return 1;
  const growth = (rows.logOverlap[r] - rows.logOverlap[r - 1]) / (rows.sigma[r] - rows.sigma[r - 1]);
  return Math.max(1, Math.min(MOST_DELAYED, FASTEST / (growth * unit)));
}
