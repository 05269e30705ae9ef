import type { TwoTimeProblem } from "../problem";
import type { Phase } from "./phase";
import { rowOf } from "./rows";
import { KNOWN_ROWS, landscapeTime } from "./solved-phase";
import { nextSpacing, type Spacing } from "./spacing";

/** The last of the known rows of a phase, in units of the time of the fastest change. */
const FIRST = 1e-5;

/** Rows at the beginning of a phase of this length, where all changes are proportional to σ. @param noise T_eff there. */
export function fillKnownRows(
  problem: TwoTimeProblem,
  { start, stencils, rows }: Phase,
  length: number,
  spacing: Spacing,
  noise: number,
): void {
  const { size } = stencils.grid;
  const unit = landscapeTime(problem);
  const fastest = Math.max(1 / unit, noise + Math.abs(start.reduced));
  const step = nextSpacing(spacing, 0, 0);
  const last = Math.min(FIRST / fastest, length);
  const current = rows.width - 2 * size;
  for (let r = 0; r < KNOWN_ROWS; r++) {
    const sigma = last * Math.exp((r - KNOWN_ROWS + 1) * step);
    rows.sigma[r] = sigma;
    rows.elapsed[r] = sigma;
    rows.place[r] = Math.log(sigma);
    const row = rowOf(rows, r);
    for (let at = 0; at < current; at++) row[at] = start.pairs[at] + sigma * start.slopes[at];
    for (let k = 0; k < size; k++) {
      const lag = sigma * stencils.nodes.psi[k];
      row[current + 2 * k] = 1 - noise * lag;
      row[current + 2 * k + 1] = 1 - (noise + start.reduced) * lag;
    }
    if (current > 0) row.copyWithin(current, current - 2, current);
    rows.reduced[r] = start.reduced + sigma * start.reducedSlope;
    rows.logOverlap[r] = start.logOverlap + sigma * start.logOverlapSlope;
  }
}
