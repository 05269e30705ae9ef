import type { TwoTimeProblem } from "../problem";
import type { Effort } from "./newton";
import { rowOf } from "./rows";
import { escapes, landscapeTime, type SolvedPhase } from "./solved-phase";

/** What rounding and the accuracy of any useful run leave of the limits that a row must keep. */
const LEEWAY = 1e-3;
/** What C counts where nothing responds: without it such a layer would grow beyond all limits. */
const LEAST_COUNT = 0.01;
/** Rows are easy: more iterations than this in several rows running tell of a run that is being lost. */
const EASY = 8;
const RUNNING = 4;
/** From here on, in the landscape's time: the transient may be hard. */
const LATE = 1e3;

/** What the weights of a grid may be off their sum. */
const QUADRATURE = 1e-6;

/**
 * What C at a place counts, where R to it from this clock is `response`. Once a signal is found nothing responds to what was before,
 * and C has a layer there that is too thin for the nodes, and does no harm.
 */
export const countOf = (clock: number, response: number): number =>
  Math.min(1, Math.max(LEAST_COUNT, 3 * clock * Math.abs(response)));

/** What is wrong with a row that was solved; undefined where it may be right. */
export function findFault(
  problem: TwoTimeProblem,
  { start, rows, losses }: SolvedPhase,
  r: number,
): string | undefined {
  const { lowestLoss = -Infinity } = problem;
  const row = rowOf(rows, r);
  const clock = start.clock + rows.sigma[r];
  const mayHaveLayer = escapes(problem);
  let [excess, leastR] = [0, 0];
  for (let at = 0; at < row.length; at += 2) {
    const counts = mayHaveLayer ? countOf(clock, row[at + 1]) : 1;
    excess = Math.max(excess, counts * (Math.abs(row[at]) - 1));
    leastR = Math.min(leastR, row[at + 1]);
  }
  const loss = losses.reduce((sum, channel) => sum + channel[r], 0);
  if (!(excess <= LEEWAY)) return "|C| exceeds 1";
  if (!(leastR >= -LEEWAY)) return "R falls below 0";
  if (!(loss >= lowestLoss - LEEWAY)) return "the loss falls below the lowest of the landscape";
  return undefined;
}

/** What a user should know of how a run went. */
export function remarks(
  problem: TwoTimeProblem,
  { phases, effort }: { readonly phases: readonly SolvedPhase[]; readonly effort: Effort },
): readonly string[] {
  const hard = phases.some((solved) => struggles(problem, solved));
  const { weight } = phases[0].grid;
  const off = Math.abs(weight.reduce((sum, w) => sum + w, -1));
  return [
    ...(off > QUADRATURE
      ? [`the nodes are too few: their weights add up to 1 with an error of ${off.toPrecision(2)}`]
      : []),
    ...(effort.rejected > 0
      ? [`${effort.rejected} rows had to be solved again with a shorter step: look at the stated errors`]
      : []),
    ...(hard ? ["late rows took many iterations: look at the stated errors"] : []),
  ];
}

function struggles(problem: TwoTimeProblem, { rows, count, iterations }: SolvedPhase): boolean {
  const late = LATE * landscapeTime(problem);
  let running = 0;
  for (let r = 0; r < count; r++) {
    running = rows.sigma[r] > late && iterations[r] > EASY ? running + 1 : 0;
    if (running >= RUNNING) return true;
  }
  return false;
}
