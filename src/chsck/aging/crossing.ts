import type { TwoTimeProblem } from "../problem";
import { escapes } from "./overlap";
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
  const { logOverlap, place, sigma } = rows;
  if (!escapes(problem) || Math.exp(logOverlap[r]) < SEEN) return false;
  const rate = (k: number) =>
    (Math.exp(logOverlap[k]) - Math.exp(logOverlap[k - 1])) / (sigma[k] - sigma[k - 1]);
  const growth = (logOverlap[r] - logOverlap[r - 1]) / (place[r] - place[r - 1]);
  return growth > SHARP && rate(r) < rate(r - 1);
}
