import type { Estimate } from "../../core/results";
import type { Coordinate } from "./coordinate";
import { correctionOf, createJudge, type Extrapolated, extrapolate } from "./extrapolation";
import type { Grid } from "./grid";
import { type History, rowStart } from "./history";
import { type Interpolated, interpolatePair, interpolateSeries, nodeAt } from "./interpolation";

/** The vector of a one-time quantity, or the packed triangle of C or R, on a level of the grid. */
export type Stored = (level: number) => Float64Array;

/** An error is the largest of those at these multiples of the place on the grid: at one alone it may change its sign. */
const NEARBY = [1, 0.8, 0.9, 1.1, 1.25];
/** The same for the distance of two times. */
const NEARBY_LAGS = [0.6, 0.8, 1.25, 1.6];
/** Nodes on both sides of such a place; near the start all places fall between the first two, of which one is exact. */
const AROUND = { first: -1, last: 2 };

/** Values between the nodes of levels that are cut of one grid: node i of a level is node 2i of the next. */
export interface Nested {
  /** The grid with step h: that of the coarsest level, or the second of four. */
  readonly grid: Grid;
  series(stored: Stored, y: number): Estimate;
  /** Of y ≥ y′. */
  pair(stored: Stored, y: number, yPrime: number): Estimate;
  /** The pairs of nodes (i, j ≤ i) of step h by which the error of {@link pair} is judged; some come several times. */
  visitNear(y: number, yPrime: number, visit: (i: number, j: number) => void): void;
  /** On nodes i ≥ j of step h; undefined for levels that are not extrapolated. */
  readonly node: ((stored: Stored, i: number, j: number) => Extrapolated) | undefined;
  /** Something made of a level at places: by `of`, level by level, there and at places nearby. */
  derived(
    places: Float64Array,
    of: (level: number, places: Float64Array) => ArrayLike<number>,
  ): readonly Estimate[];
}

/**
 * The finest level is interpolated on its own nodes. What the extrapolation adds to it is known on the nodes of step h, and
 * interpolated there: it is small, so that steps too long to interpolate the quantity itself serve it. The error is that of the
 * nodes around, and of interpolating.
 */
export function createNested(levels: readonly History[]): Nested {
  const finest = levels.length - 1;
  const own = Math.max(0, finest - 2);
  const { grid } = levels[own];
  const { coordinate } = grid;
  const last = grid.size - 1;
  const reach = coordinate.position(grid.time[last]);
  const extrapolates = levels.length >= 3;
  const hasFour = levels.length > 3;

  function extrapolated(even: boolean, read: (level: number, stride: number) => number): Extrapolated {
    const coarsest = hasFour && even ? read(own - 1, 0.5) : undefined;
    return extrapolate(read(own, 1), read(own + 1, 2), read(own + 2, 4), coarsest);
  }
  const known = Array.from(grid.time, (t) => isKnown(coordinate, t));
  /** Visits the nodes around the one at or before a place, of those whose values are known. */
  function visitAround(node: number, visit: (i: number) => void): void {
    const end = Math.min(last, node + AROUND.last);
    for (let i = Math.max(0, node + AROUND.first); i <= end; i++) if (known[i]) visit(i);
  }
  const nodeBefore = (y: number) => Math.floor(nodeAt(grid, y));
  const scaled = (y: number, factor: number) => Math.min(factor * y, reach);

  function visitNear(y: number, yPrime: number, visit: (i: number, j: number) => void): void {
    const look = (late: number, early: number) => {
      const column = nodeBefore(early);
      visitAround(nodeBefore(late), (i) =>
        visitAround(column, (j) => {
          if (j <= i) visit(i, j);
        }),
      );
    };
    for (const factor of NEARBY) look(scaled(y, factor), (yPrime / y) * scaled(y, factor));
    for (const factor of NEARBY_LAGS) look(y, Math.max(0, y - factor * (y - yPrime)));
  }

  function node(stored: Stored, i: number, j: number): Extrapolated {
    return extrapolated(
      i % 2 === 0 && j % 2 === 0,
      (level, stride) => stored(level)[rowStart(stride * i) + stride * j],
    );
  }

  return {
    grid,
    visitNear,
    node: extrapolates ? node : undefined,

    series(stored, y) {
      const values = levels.map((_, level) => stored(level));
      const fine = interpolateSeries(levels[finest].grid, (i) => values[finest][i], y);
      if (!extrapolates) return { value: fine.value };
      const added = interpolateSeries(
        grid,
        (i) => correctionOf(values[own][i], values[own + 1][2 * i], values[finest][4 * i]),
        y,
      );
      const judge = createJudge();
      for (const factor of NEARBY) {
        visitAround(nodeBefore(scaled(y, factor)), (i) => {
          const coarsest = hasFour && i % 2 === 0 ? values[own - 1][i / 2] : undefined;
          judge.see(values[own][i], values[own + 1][2 * i], values[finest][4 * i], coarsest);
        });
      }
      return sum(fine, added, judge.error());
    },

    pair(stored, y, yPrime) {
      const triangles = levels.map((_, level) => stored(level));
      const entry = (level: number, i: number, j: number) => triangles[level][rowStart(i) + j];
      const fine = interpolatePair(levels[finest].grid, (i, j) => entry(finest, i, j), y, yPrime);
      if (!extrapolates) return { value: fine.value };
      const added = interpolatePair(
        grid,
        (i, j) => correctionOf(entry(own, i, j), entry(own + 1, 2 * i, 2 * j), entry(finest, 4 * i, 4 * j)),
        y,
        yPrime,
      );
      const judge = createJudge();
      const [coarse, middle, best] = triangles.slice(own);
      visitNear(y, yPrime, (i, j) => {
        const hasCoarsest = hasFour && i % 2 === 0 && j % 2 === 0;
        judge.see(
          coarse[rowStart(i) + j],
          middle[rowStart(2 * i) + 2 * j],
          best[rowStart(4 * i) + 4 * j],
          hasCoarsest ? triangles[own - 1][rowStart(i / 2) + j / 2] : undefined,
        );
      });
      return sum(fine, added, judge.error());
    },

    derived(places, of) {
      if (!extrapolates) return Array.from(of(finest, places), (value) => ({ value }));
      const shifted = (y: number, factor: number) => {
        const place = scaled(y, factor);
        return isKnown(coordinate, coordinate.time(place)) ? place : y;
      };
      const judges = Array.from(places, createJudge);
      let values: readonly number[] = [];
      for (const factor of NEARBY) {
        const at = factor === 1 ? places : places.map((y) => shifted(y, factor));
        const found = levels.map((_, level) => of(level, at));
        const [coarse, middle, fine] = found.slice(own);
        judges.forEach((judge, k) => {
          judge.see(coarse[k], middle[k], fine[k], hasFour ? found[own - 1][k] : undefined);
        });
        if (factor === 1) values = judges.map((_, k) => extrapolate(coarse[k], middle[k], fine[k]).value);
      }
      return values.map((value, k) => ({ value, error: judges[k].error() }));
    },
  };
}

/** What is added is not smooth on the first steps: its interpolation errs by up to this many times what it says. */
const UNSMOOTH = 5;

const sum = (fine: Interpolated, added: Interpolated, error: number): Estimate => ({
  value: fine.value + added.value,
  error: error + UNSMOOTH * (fine.error + added.error),
});

/** Whether values at a time are those of the dynamics, not of where the run starts. */
export const isKnown = ({ known }: Coordinate, t: number): boolean => t === 0 || t >= known;
