import type { TwoTimeProblem } from "../../../src/chsck";
import {
  type AgingHistory,
  type AgingRun,
  createHistory,
  solveHistory,
} from "../../../src/chsck/aging/history";
import type { Leg, Resolution } from "../../../src/chsck/aging/rule";
import { stretchesOf } from "../../../src/chsck/aging/stretches";

/** A grid of its own, whatever the rule says. */
export const leg = (size: number, crowding: number, rows: number, rest: Partial<Leg> = {}): Leg => ({
  end: Infinity,
  grid: { size, crowding },
  spacing: { transient: rows, late: rows, predicted: 1 },
  isGauged: false,
  ...rest,
});

/** A run on given grids, to its end. @param atGauge is given it at the end of its first leg. */
export async function solveOn(
  problem: TwoTimeProblem,
  until: number,
  resolution: Resolution,
  atGauge?: (history: AgingHistory) => void,
): Promise<{ readonly run: AgingRun; readonly history: AgingHistory }> {
  const run: AgingRun = { problem, until, stretches: stretchesOf(problem, until) };
  const history = createHistory(resolution);
  const options = { findsCut: true, time: problem.schedule.time, afterRow: () => undefined };
  if (atGauge) {
    await solveHistory(run, history, { ...options, goal: resolution[0].end });
    atGauge(history);
  }
  await solveHistory(run, history, { ...options, goal: Infinity });
  return { run, history };
}
