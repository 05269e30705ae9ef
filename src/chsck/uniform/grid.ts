import type { TwoTimeProblem } from "../problem";
import { type Coordinate, createCoordinate } from "./coordinate";
import { stepCount, type UniformMethod } from "./method";

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

const FEWEST_STEPS = 4;

/** @param refinement 1, 2 or 4: every step of the first grid is cut into that many. */
export function createGrid(problem: TwoTimeProblem, method: UniformMethod, refinement = 1): Grid {
  const coordinate = createCoordinate(problem, method.until, method.variable ?? "clock");
  const points = stepCount(method, coordinate.length);
  const ends = problem.schedule.kinks
    .filter((t) => t > coordinate.start && t < method.until)
    .map((t) => coordinate.position(t))
    .filter((y) => y > 0 && y < coordinate.length);
  ends.push(coordinate.length);

  const segments: Segment[] = [];
  let first = 0;
  let origin = 0;
  for (const end of ends) {
    const share = Math.round((points * (end - origin)) / coordinate.length);
    const steps = Math.max(FEWEST_STEPS, share) * refinement;
    segments.push({ first, last: first + steps, origin, step: (end - origin) / steps });
    first += steps;
    origin = end;
  }
  return fillGrid(coordinate, segments, method.until);
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
