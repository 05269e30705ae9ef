import type { TwoTimeProblem } from "../problem";
import { type AgingHistory, type AgingRun, createHistory, takeGrid } from "./history";
import type { Leg, Resolution } from "./rule";
import { KNOWN_ROWS, NOT_LANDING, type SolvedPhase } from "./solved-phase";

/** Takes back the rows from `count` on, where there are any. */
export function rewind(problem: TwoTimeProblem, solved: SolvedPhase, count: number): void {
  if (count >= solved.count) return;
  const { legs } = solved;
  let spacing = solved.rows.place[count - 1] - solved.rows.place[count - 2];
  while (legs.length > 0 && legs[legs.length - 1].end >= count) {
    const leg = legs.pop()!;
    if (leg.end === count) spacing = leg.spacing;
    takeGrid(problem, solved, leg.grid, leg.pairs);
  }
  const landing = solved.landing.row < count ? solved.landing : NOT_LANDING;
  const gauge = solved.gauge && solved.gauge.first < count ? solved.gauge : undefined;
  Object.assign(solved, { count, spacing, longest: Infinity, landing, kept: undefined, gauge });
}

/** What of a history serves another resolution: its first rows, as far as they are on the same grids; undefined where none. */
export function usefulPart(
  { problem, cut }: AgingRun,
  { resolution: found, phases, effort, ...history }: AgingHistory,
  wanted: Resolution,
): AgingHistory | undefined {
  const first = phases[0];
  const { legs } = first;
  const same = (k: number) => k < wanted.length && equal(found[k], wanted[k]);
  let common = 0;
  while (common <= legs.length && same(common)) common++;
  if (common === 0 || history.cut !== cut) return undefined;
  if (common <= legs.length) {
    rewind(problem, first, legs[common - 1].end);
    phases.length = 1;
  }
  if (first.count <= KNOWN_ROWS) return undefined;
  return { ...createHistory(wanted), phases, effort, cut };
}

const equal = (a: Leg, b: Leg): boolean =>
  a.isGauged === b.isGauged &&
  a.grid.size === b.grid.size &&
  a.grid.crowding === b.grid.crowding &&
  a.spacing.transient === b.spacing.transient &&
  a.spacing.late === b.spacing.late;
