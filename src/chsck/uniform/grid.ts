import type { Schedule } from "../../schedule";
import type { Coordinate } from "./coordinate";

/** A stretch of equal steps; kinks of the schedule fall on its ends. Node numbers are inclusive. */
export interface Segment {
  readonly first: number;
  readonly last: number;
  /** Value of y at the first node, and the step. */
  readonly origin: number;
  readonly step: number;
}

/** At the nodes: what becomes of ds and of T_eff ds for a step dy. They differ by the side where the learning rate jumps. */
export interface Rates {
  readonly speed: Float64Array;
  readonly noise: Float64Array;
}

/** The nodes of a run and everything the equations need at them, in the grid variable y. */
export interface Grid {
  readonly coordinate: Coordinate;
  readonly segments: readonly Segment[];
  /** Whether some kinks of the schedule are no nodes. */
  readonly crossesKinks: boolean;
  /** Number of nodes. */
  readonly size: number;
  readonly time: Float64Array;
  /** ds/dy and T_eff ds/dy of the step that ends at a node, and of the one that begins there. */
  readonly before: Rates;
  readonly after: Rates;
  /** Trapezoid weights ds of an integral that ends at a node, and of one that starts there. */
  readonly ending: Float64Array;
  readonly starting: Float64Array;
  /** Their sum: the weight of a node inside an integral. */
  readonly inner: Float64Array;
}

/** Fewest steps between two kinks, of a run whose number of steps is given. */
export const FEWEST_STEPS = 4;

/**
 * Kinks of the schedule are nodes. Where they would take more than `points`, only its corners are, and of these only such that
 * keep their distance.
 *
 * @param points steps of the whole; every one is cut into `refinement`.
 * @param fewest steps between kinks.
 */
export function createGrid(
  coordinate: Coordinate,
  schedule: Schedule,
  { points, fewest, refinement = 1 }: { points: number; fewest: number; refinement?: number },
): Grid {
  const { length } = coordinate;
  const end: Place = { time: coordinate.time(length), y: length };
  const inside = (times: readonly number[]): Place[] =>
    times
      .filter((time) => time > coordinate.start && time < end.time)
      .map((time) => ({ time, y: coordinate.position(time) }))
      .filter(({ y }) => y > 0 && y < length);
  const crowded = (places: readonly Place[]) => (places.length + 1) * fewest > points;
  const kinks = inside(schedule.kinks);
  const kept = crowded(kinks) ? inside(schedule.corners) : kinks;
  const ends = [...(crowded(kept) ? spaced(kept, (fewest * length) / points, length) : kept), end];

  const segments: Segment[] = [];
  let first = 0;
  let origin = 0;
  for (const { y } of ends) {
    const share = Math.round((points * (y - origin)) / length);
    const steps = Math.max(fewest, share) * refinement;
    segments.push({ first, last: first + steps, origin, step: (y - origin) / steps });
    first += steps;
    origin = y;
  }
  const nodes = fillGrid(
    coordinate,
    schedule,
    segments,
    ends.map(({ time }) => time),
  );
  return { ...nodes, crossesKinks: ends.length <= kinks.length };
}

/** A time and where it lies on the grid. */
interface Place {
  readonly time: number;
  readonly y: number;
}

/** Those of the ascending places that keep a distance from each other and from the end. */
function spaced(places: readonly Place[], distance: number, length: number): Place[] {
  let latest = 0;
  return places.filter(({ y }) => {
    const keep = y - latest >= distance && length - y >= distance;
    if (keep) latest = y;
    return keep;
  });
}

/** @param ends times at the ends of the segments, exactly. */
function fillGrid(
  coordinate: Coordinate,
  schedule: Schedule,
  segments: readonly Segment[],
  ends: readonly number[],
): Omit<Grid, "crossesKinks"> {
  const size = segments[segments.length - 1].last + 1;
  const vector = () => new Float64Array(size);
  const [time, ending, starting] = [vector(), vector(), vector()];
  const [before, after] = [1, 2].map(() => ({ speed: vector(), noise: vector() }));
  const set = ({ speed, noise }: Rates, i: number, y: number, rate: number) => {
    speed[i] = coordinate.speed(y, rate);
    noise[i] = coordinate.noise(y, rate);
  };
  for (const [k, { first, last, origin, step }] of segments.entries()) {
    for (let i = first; i <= last; i++) {
      const y = origin + (i - first) * step;
      time[i] = i === last ? ends[k] : i === first && k > 0 ? ends[k - 1] : coordinate.time(y);
      set(after, i, y, schedule.rate(time[i]));
      if (i > first) {
        set(before, i, y, schedule.rateBefore(time[i]));
        ending[i] = 0.5 * step * before.speed[i];
      }
      if (i < last) starting[i] = 0.5 * step * after.speed[i];
    }
  }
  const inner = ending.map((weight, i) => weight + starting[i]);
  return { coordinate, segments, size, time, before, after, ending, starting, inner };
}

/** The first `size` nodes of a grid, for the finished part of a run. */
export function truncateGrid(grid: Grid, size: number): Grid {
  if (size >= grid.size) return grid;
  const segments = grid.segments
    .filter((s) => s.first < size - 1 || s.first === 0)
    .map((s) => ({ ...s, last: Math.min(s.last, size - 1) }));
  const cut = (a: Float64Array) => a.subarray(0, size);
  const cutRates = ({ speed, noise }: Rates) => ({ speed: cut(speed), noise: cut(noise) });
  return {
    ...grid,
    segments,
    size,
    time: cut(grid.time),
    before: cutRates(grid.before),
    after: cutRates(grid.after),
    ending: cut(grid.ending),
    starting: cut(grid.starting),
    inner: cut(grid.inner),
  };
}
