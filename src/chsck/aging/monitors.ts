import type { TwoTimeProblem } from "../problem";
import type { Effort } from "./newton";
import { escapes } from "./overlap";
import { rowOf } from "./rows";
import type { SolvedPhase } from "./solved-phase";

/** What rounding and the accuracy of any useful run leave of the limits that a row must keep. */
const LEEWAY = 1e-3;
/** What C counts where nothing responds: without it such a layer would grow beyond all limits. */
const LEAST_COUNT = 0.01;
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
  const clock = start.clock + rows.elapsed[r];
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

/** What a user should know of how the histories of a run went. */
export function remarks(histories: readonly Solved[]): readonly string[] {
  const { phases } = histories[histories.length - 1];
  const failed = histories.reduce((sum, { effort }) => sum + effort.failed, 0);
  const { weight } = phases[0].grid;
  const off = Math.abs(weight.reduce((sum, w) => sum + w, -1));
  return [
    ...(off > QUADRATURE
      ? [`the nodes are too few: their weights add up to 1 with an error of ${off.toPrecision(2)}`]
      : []),
    // Many iterations tell nothing, good runs have them too; rows without a solution are those of a run that is being lost.
    ...(failed > 0
      ? [`${failed} rows had no solution at the distance meant for them: look at the stated errors`]
      : []),
  ];
}

interface Solved {
  readonly phases: readonly SolvedPhase[];
  readonly effort: Effort;
}
