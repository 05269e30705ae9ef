import type { Coordinate } from "./coordinate";

/** A stretch of equal steps; kinks of the schedule fall on its ends. Node numbers are inclusive. */
export interface Segment {
  readonly first: number;
  readonly last: number;
  /** Value of y at the first node, and the step. */
  readonly origin: number;
  readonly step: number;
}

/** The nodes of a run and everything the equations need at them, in the grid variable y. */
export interface Grid {
  readonly coordinate: Coordinate;
  readonly segments: readonly Segment[];
  /** Number of nodes. */
  readonly size: number;
  readonly time: Float64Array;
  /** ds/dy and T_eff ds/dy at the nodes. */
  readonly speed: Float64Array;
  readonly noise: Float64Array;
  /** Trapezoid weights ds of an integral that ends at a node, and of one that starts there. */
  readonly ending: Float64Array;
  readonly starting: Float64Array;
  /** Their sum: the weight of a node inside an integral. */
  readonly inner: Float64Array;
}

/** Fewest steps between two kinks, of a run whose number of steps is given. */
export const FEWEST_STEPS = 4;

/**
 * @param kinks times at which the schedule bends.
 * @param points steps of the whole; every one is cut into `refinement`.
 * @param fewest steps between kinks. Where that would take more than `points` in all, kinks closer than that are not nodes.
 */
export function createGrid(
  coordinate: Coordinate,
  kinks: readonly number[],
  { points, fewest, refinement = 1 }: { points: number; fewest: number; refinement?: number },
): Grid {
  const { length } = coordinate;
  const until = coordinate.time(length);
  const inside = kinks
    .filter((t) => t > coordinate.start && t < until)
    .map((t) => coordinate.position(t))
    .filter((y) => y > 0 && y < length);
  const crowded = (inside.length + 1) * fewest > points;
  const ends = [...(crowded ? spaced(inside, (fewest * length) / points, length) : inside), length];

  const segments: Segment[] = [];
  let first = 0;
  let origin = 0;
  for (const end of ends) {
    const share = Math.round((points * (end - origin)) / length);
    const steps = Math.max(fewest, share) * refinement;
    segments.push({ first, last: first + steps, origin, step: (end - origin) / steps });
    first += steps;
    origin = end;
  }
  return fillGrid(coordinate, segments, until);
}

/** Those of the ascending `positions` that keep a distance from each other and from the end. */
function spaced(positions: readonly number[], distance: number, length: number): number[] {
  let latest = 0;
  return positions.filter((y) => {
    const keep = y - latest >= distance && length - y >= distance;
    if (keep) latest = y;
    return keep;
  });
}

function fillGrid(coordinate: Coordinate, segments: readonly Segment[], until: number): Grid {
  const size = segments[segments.length - 1].last + 1;
  const [time, speed, noise, ending, starting] = Array.from({ length: 5 }, () => new Float64Array(size));
  for (const { first, last, origin, step } of segments) {
    for (let i = first; i <= last; i++) {
      const y = origin + (i - first) * step;
      time[i] = coordinate.time(y);
      speed[i] = coordinate.speed(y);
      noise[i] = coordinate.noise(y);
      if (i > first) ending[i] = 0.5 * step * speed[i];
      if (i < last) starting[i] = 0.5 * step * speed[i];
    }
  }
  time[size - 1] = until;
  const inner = ending.map((weight, i) => weight + starting[i]);
  return { coordinate, segments, size, time, speed, noise, ending, starting, inner };
}

/** The first `size` nodes of a grid, for the finished part of a run. */
export function truncateGrid(grid: Grid, size: number): Grid {
  if (size >= grid.size) return grid;
  const segments = grid.segments
    .filter((s) => s.first < size - 1 || s.first === 0)
    .map((s) => ({ ...s, last: Math.min(s.last, size - 1) }));
  const cut = (a: Float64Array) => a.subarray(0, size);
  return {
    coordinate: grid.coordinate,
    segments,
    size,
    time: cut(grid.time),
    speed: cut(grid.speed),
    noise: cut(grid.noise),
    ending: cut(grid.ending),
    starting: cut(grid.starting),
    inner: cut(grid.inner),
  };
}
