import type { Covariance } from "../../models/covariance";
import { plantingOf } from "../../models/planted-start";
import type { TwoTimeProblem } from "../problem";
import type { AgingMethod } from "./method";
import { escapes } from "./overlap";
import type { PanelGrid } from "./phase";
import type { Spacing } from "./spacing";
import { isConstant, stretchesOf } from "./stretches";

/** A grid, how far apart its rows are, and the last σ it is for, in the landscape's time. */
export interface Leg {
  readonly end: number;
  readonly grid: PanelGrid;
  readonly spacing: Spacing;
  /** Whether its rows have an internal time: see `Gauge`. */
  readonly isGauged: boolean;
}

/** The grids of a run, one after the other: nodes that only late rows need are not there early. */
export type Resolution = readonly Leg[];

/** What an error takes (measured for p = 3): distance of nodes in units of x/2a, and of rows in ln s. */
const MEASURED = [
  { error: 1e-4, nodes: 0.31, transient: 0.125 },
  { error: 1e-5, nodes: 0.25, transient: 0.085 },
  { error: 1e-6, nodes: 0.2, transient: 0.05 },
] as const;

/** e^a, the ratio of s to the shortest time that is resolved next to it, in units of the longest s. */
const RESOLVED = { short: 3e3, long: 1e4 };
/** Runs of several panels are short, and their nodes crowd at every kink: they may be further apart by a factor. */
const PANELS = { nodes: 1.3, until: 3e5 };
/** Beyond this, in the landscape's time, errors of C grow faster: nodes are closer by a factor. */
const LONG = { from: 3e5, closer: 0.88 };
/** Late rows are this many distances of nodes apart. */
const LATE_ROWS = 0.8;
/** Where T_eff changes, what a row may be off its prediction, of fifth order, by the distance of rows. */
const PREDICTED = 2;
/** With a signal the few rows in which it is found decide on the error: those are closer, all others and the nodes further apart. */
const SIGNAL = { nodes: 1.2, rows: 1.2, predicted: 0.4 };
/** The coarser grid that a run is compared with: rows and nodes this much further apart. */
const COARSER = { rows: 1.35, nodes: 1.15 };

/**
 * Beyond this, in the landscape's time, a run has an internal time from `begin` on, with nodes that are closer by a factor. With noise the
 * fit that it goes by is poorer, and the clock itself serves to later times.
 */
const GAUGED = { beyond: 1e8, beyondSteep: 1e7, warm: 10, begin: 1e6, closer: 0.8 };
/** The rows of an internal time are this many distances of nodes apart. */
const GAUGED_ROWS = 1.1;

/** Where a run goes on on another grid, in the landscape's time; the first part of a run does not depend on where it ends. */
const CHANGES = [1e2, 1e4, 1e6, 1e8];

/** The grids of a run whose longest panel is `length` clocks of the landscape's time, for an error or a given number of nodes. */
export function resolutionOf(
  problem: TwoTimeProblem,
  length: number,
  error: number,
  { points, until }: Pick<AgingMethod, "points" | "until">,
): Resolution {
  const { covariance } = problem;
  // Old panels, and what is left of the times before a signal was found, stay on the grid on which they were made.
  const later = stretchesOf(problem, until).slice(1);
  const inLegs = later.length === 0 && !escapes(problem);
  // What slowly leaves equilibrium has layers beside the seam too.
  const isSplit = length <= PANELS.until && later.length > 0 && later.every(({ isSmooth }) => !isSmooth);
  const cold = orderOf(covariance) > 3.5 ? GAUGED.beyondSteep : GAUGED.beyond;
  const beyond = problem.temperature === 0 ? cold : GAUGED.warm * cold;
  const isGauged = mayBeGauged(problem, until) && length > beyond;
  const { nodes, transient } =
    points === undefined ? neededFor(problem, error, isSplit) : givenBy(covariance, length, points);
  const predicted = (escapes(problem) ? SIGNAL.predicted : PREDICTED) * transient ** 5;
  // What a change of grids leaves is as large as what the rate is off, over s: none is made in an internal time.
  const ends = endsOf(length, inLegs).filter((end) => !isGauged || end <= GAUGED.begin || end === length);
  return ends.map((end) => {
    const gauged = isGauged && end > GAUGED.begin;
    const closer = gauged ? GAUGED.closer : end > LONG.from ? LONG.closer : 1;
    return legOf(end, nodes * (points === undefined ? closer : 1), { transient, predicted }, gauged);
  });
}

/**
 * Whether late rows of a run may have an internal time: without kinks, where no start is remembered, and at a constant T_eff: where it
 * decays, C(s, s/2) has other powers of s than those that the rows are told apart by.
 */
export function mayBeGauged(problem: TwoTimeProblem, until: number): boolean {
  const [first, ...more] = stretchesOf(problem, until);
  return more.length === 0 && isConstant(first) && !plantingOf(problem);
}

function neededFor(problem: TwoTimeProblem, error: number, isSplit: boolean) {
  const [below, above] = error < MEASURED[1].error ? [MEASURED[2], MEASURED[1]] : [MEASURED[1], MEASURED[0]];
  const share = Math.log(error / below.error) / Math.log(above.error / below.error);
  const between = (a: number, b: number) => a * (b / a) ** share;
  const more = escapes(problem) ? SIGNAL : { nodes: isSplit ? PANELS.nodes : 1, rows: 1 };
  return {
    nodes: more.nodes * between(below.nodes, above.nodes),
    transient: more.rows * between(below.transient, above.transient) * slowness(problem.covariance),
  };
}

/** The same for a number of nodes, of the last grid. */
function givenBy(covariance: Covariance, length: number, size: number) {
  const nodes = (2 * crowdingFor(length)) / (size - 1);
  return { nodes, transient: (nodes / 3) * slowness(covariance) };
}

/** The resolution that a run is compared with. */
export const coarser = (resolution: Resolution): Resolution =>
  resolution.map(({ end, grid, spacing, isGauged }) => {
    const nodes = (2 * grid.crowding) / (grid.size - 1);
    return {
      end,
      grid: gridOf(end, nodes * COARSER.nodes),
      spacing: {
        transient: spacing.transient * COARSER.rows,
        late: spacing.late * COARSER.rows,
        predicted: spacing.predicted * COARSER.rows ** 5,
      },
      isGauged,
    };
  });

/** Rows follow the fastest mode, whose rate grows with p. */
const slowness = (covariance: Covariance) => Math.min(1, (3 / orderOf(covariance)) ** 0.25);

/** p of a pure covariance, and its mean of a mixture. */
export const orderOf = (covariance: Covariance): number => 1 + covariance.second(1) / covariance.first(1);

const endsOf = (length: number, inLegs: boolean) => [
  ...(inLegs ? CHANGES.filter((end) => end < length) : []),
  length,
];

const crowdingFor = (length: number) =>
  Math.log((length > LONG.from ? RESOLVED.long : RESOLVED.short) * Math.max(length, 1));

function gridOf(end: number, nodes: number): PanelGrid {
  const crowding = crowdingFor(end);
  return { size: 1 + Math.round((2 * crowding) / nodes), crowding };
}

function legOf(end: number, nodes: number, rows: Omit<Spacing, "late">, isGauged: boolean): Leg {
  const late = (isGauged ? GAUGED_ROWS : LATE_ROWS) * nodes;
  return { end, grid: gridOf(end, nodes), spacing: { ...rows, late }, isGauged };
}
