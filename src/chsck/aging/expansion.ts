import { plantingOf } from "../../models/planted-start";
import { type AsymptoticFit, fitAsymptote } from "../../numerics/asymptotic-fit";
import type { TwoTimeProblem } from "../problem";
import type { AgingHistory } from "./history";
import { interpolatePair } from "./interpolation";
import { endOf, landscapeTime } from "./solved-phase";

/** Up to here, in the landscape's time, C(s, s/2) is fitted: rows are still right to what they state. */
const FITTED_UNTIL = 1e6;
/** Points that are fitted, so many a decade. */
const POINTS = { count: 41, perDecade: 20 };

/**
 * What late rows are off the expansion C(s, s/2) = Σ_k c_k s^(−k/3) of their own run at T = 0, fitted to its rows up to s = 10⁶
 * (A.14): an error of the soft mode, which both grids of a run may share. 0 where there is no such expansion, and up to there.
 */
export function createDeviation(
  problem: TwoTimeProblem,
  history: AgingHistory,
  fittedUntil = FITTED_UNTIL,
): (clock: number) => number {
  const from = fittedUntil * landscapeTime(problem);
  const { temperature, covariance } = problem;
  const last = history.phases[history.phases.length - 1];
  const isKnown = temperature === 0 && covariance.terms.length === 1 && !plantingOf(problem);
  if (!isKnown || endOf(last) <= from) return () => 0;
  const half = (clock: number) =>
    interpolatePair(history, { late: clock, early: clock / 2, lag: clock / 2 }, 0);
  let fit: AsymptoticFit | undefined;
  return (clock) => {
    if (clock <= from) return 0;
    if (!fit) {
      const clocks = Array.from({ length: POINTS.count }, (_, k) => from * 10 ** (-k / POINTS.perDecade));
      fit = fitAsymptote(clocks, clocks.map(half));
    }
    return Math.abs(half(clock) - fit.at(clock).value);
  };
}
