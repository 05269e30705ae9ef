import type { Covariance } from "../../models/covariance";
import type { PanelGrid } from "./phase";
import type { Spacing } from "./spacing";

/** A grid, and how far apart its rows are. */
export interface Resolution {
  readonly grid: PanelGrid;
  readonly spacing: Spacing;
}

/** What an error takes (measured for p = 3): distance of nodes in units of x/2a, and of rows in ln s. */
const MEASURED = [
  { error: 1e-4, nodes: 0.31, transient: 0.125 },
  { error: 1e-5, nodes: 0.25, transient: 0.085 },
  { error: 1e-6, nodes: 0.2, transient: 0.05 },
] as const;

/** e^a, the ratio of s to the shortest time that is resolved next to it, in units of the longest s. */
const RESOLVED = { short: 3e3, long: 1e4 };
/** Beyond this, in the landscape's time, errors of C grow faster: nodes are closer by a factor. */
const LONG = { from: 3e5, closer: 0.88 };
/** Late rows are this many distances of nodes apart. */
const LATE_ROWS = 0.8;
/** With a signal, what a row may be off its prediction, of fifth order, by the distance of rows. */
const PREDICTED = 2;
/** The coarser grid that a run is compared with: rows and nodes this much further apart. */
const COARSER = { rows: 1.35, nodes: 1.15 };

/** @param length the longest clock of a panel, in the landscape's time. */
export function resolutionFor(covariance: Covariance, length: number, error: number): Resolution {
  const [below, above] = error < MEASURED[1].error ? [MEASURED[2], MEASURED[1]] : [MEASURED[1], MEASURED[0]];
  const share = Math.log(error / below.error) / Math.log(above.error / below.error);
  const between = (a: number, b: number) => a * (b / a) ** share;
  // Rows follow the fastest mode, whose rate grows with p.
  const order = 1 + covariance.second(1) / covariance.first(1);
  const transient = between(below.transient, above.transient) * Math.min(1, (3 / order) ** 0.25);
  return resolutionOf(
    length,
    between(below.nodes, above.nodes) * (length > LONG.from ? LONG.closer : 1),
    transient,
  );
}

/** The same for a number of nodes. */
export function resolutionWith(covariance: Covariance, length: number, size: number): Resolution {
  const nodes = (2 * crowdingFor(length)) / (size - 1);
  const order = 1 + covariance.second(1) / covariance.first(1);
  return { ...resolutionOf(length, nodes, (nodes / 3) * Math.min(1, (3 / order) ** 0.25)) };
}

/** The resolution that a run is compared with. */
export function coarser(length: number, { grid, spacing }: Resolution): Resolution {
  const nodes = (2 * grid.crowding) / (grid.size - 1);
  const { grid: coarse } = resolutionOf(length, nodes * COARSER.nodes, 1);
  return {
    grid: coarse,
    spacing: {
      transient: spacing.transient * COARSER.rows,
      late: spacing.late * COARSER.rows,
      predicted: spacing.predicted * COARSER.rows ** 5,
    },
  };
}

const crowdingFor = (length: number) =>
  Math.log((length > LONG.from ? RESOLVED.long : RESOLVED.short) * Math.max(length, 1));

function resolutionOf(length: number, nodes: number, transient: number): Resolution {
  const crowding = crowdingFor(length);
  const size = 1 + Math.round((2 * crowding) / nodes);
  return {
    grid: { size, crowding },
    spacing: { transient, late: LATE_ROWS * nodes, predicted: PREDICTED * transient ** 5 },
  };
}
