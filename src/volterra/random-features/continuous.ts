import { requireBudget } from "../../core/budget";
import { between, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { Modes } from "../../models/random-features/modes";
import { checkBatch } from "../../models/random-features/stability";
import { stepRates } from "../../models/random-features/steps";
import { interpolate } from "../../numerics/lagrange";
import type { Schedule } from "../../schedule";
import { gradedSegment, type Segment } from "./segment";
import { trapezoid } from "./trapezoid";

/** How to solve the Volterra equation. */
export interface ContinuousMethod {
  readonly until: number;
  /** Estimated error allowed at a time, relative to the loss there; default 1e-9. */
  readonly tolerance?: number;
}

/** L(t) − s2 of the continuous flow, with its estimated error. */
export interface ContinuousCurve {
  readonly nodes: Float64Array;
  readonly excess: Float64Array;
  /** The largest estimated error, at nodes and between them. */
  readonly error: number;
  /** The excess and its error between nodes, interpolated to sixth order. */
  at(t: number): { readonly value: number; readonly error: number };
}

const COARSEST = 32;
/** Of a mode at a node. */
const SECONDS = 2e-8;
/** Most steps of the coarsest of the three grids. */
const MOST = 2 ** 15;
const STENCIL = 6;

/**
 * Solves the Volterra equation of the continuous flow (RF.6), the limit of small rates: the trapezoid rule on graded grids
 * h, h/2, h/4, whose errors go in powers of h², extrapolated; grids are refined until the last correction, and what
 * interpolation misses between two nodes, are below the tolerance. These are given as the error.
 * @throws InvalidParameterError; ConvergenceError where the tolerance is not met, with the curve as `partial`;
 *   InterruptedError after an abort.
 */
export async function solveContinuous(
  modes: Modes,
  schedule: Schedule,
  batch: number,
  method: ContinuousMethod,
  options: Options = {},
): Promise<ContinuousCurve> {
  checkCall({ modes, schedule, method }, options);
  checkBatch("batchSize", batch);
  stepRates(schedule, 1);
  const until = positive("until", method.until);
  const tolerance = between("tolerance", method.tolerance ?? 1e-9, 1e-13, 1e-2);
  const ends = [0, ...schedule.kinks.filter((kink) => kink > 0 && kink < until), until];
  const spanOf = (length: number) => Math.log1p(length) / Math.log1p(until);
  const grid = (steps: number): Segment[] =>
    ends.slice(1).map((to, k) => {
      const from = ends[k];
      const vanishes = { left: schedule.rate(from) === 0, right: schedule.rateBefore(to) === 0 };
      return gradedSegment(from, to, Math.max(STENCIL, Math.ceil(steps * spanOf(to - from))), vanishes);
    });
  const refine = (segments: readonly Segment[], factor: number) =>
    segments.map((segment) => ({ ...segment, steps: factor * segment.steps }));
  const pacer = createPacer("Volterra equation", Math.log2(MOST / COARSEST) + 1, options);

  const allowed = (excess: number) => tolerance * (modes.floor + excess);
  let curve: (ContinuousCurve & { goodUntil(allowed: (excess: number) => number): number }) | undefined;
  let coarsest = grid(COARSEST);
  let done = 0;
  const breathe = () => (pacer.due() ? pacer.pause(done) : undefined);
  const solve = (factor: number) => {
    const segments = refine(coarsest, factor);
    const nodes = segments.reduce((sum, { steps }) => sum + steps, 0);
    const value = modes.eigenvalue.length;
    requireBudget([{ parameter: "modes", value, seconds: SECONDS * nodes * value }], options);
    return trapezoid(modes, schedule, batch, segments, breathe);
  };
  let runs = [await solve(1), await solve(2), await solve(4)];
  for (let level = 0; ; level++) {
    curve = extrapolated(coarsest, runs);
    if (curve.goodUntil(allowed) === curve.nodes[curve.nodes.length - 1]) return curve;
    if (COARSEST * 2 ** (level + 1) > MOST) break;
    done = level + 1;
    await pacer.pause(done);
    coarsest = refine(coarsest, 2);
    runs = [runs[1], runs[2], await solve(4)];
  }
  throw new ConvergenceError(`The Volterra equation did not meet the tolerance ${tolerance}.`, {
    reached: curve.goodUntil(allowed),
    advice:
      'Give a larger tolerance, or a learning rate well below stabilityRate; the method "recursion" has no tolerance to meet.',
    partial: curve,
  });
}

/** From the grids h, h/2, h/4 to h → 0 at the nodes of the first; the nodes between them test the interpolation. */
function extrapolated(segments: readonly Segment[], runs: readonly Float64Array[]) {
  const nodes: number[] = [0];
  /** First node of every segment. */
  const starts: number[] = [];
  for (const { timeOf, steps } of segments) {
    starts.push(nodes.length - 1);
    for (let i = 1; i <= steps; i++) nodes.push(timeOf(i / steps));
  }
  const excess = new Float64Array(nodes.length);
  const nodeError = new Float64Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    const [coarse, middle, fine] = [runs[0][i], runs[1][2 * i], runs[2][4 * i]];
    const first = middle + (middle - coarse) / 3;
    const second = fine + (fine - middle) / 3;
    excess[i] = second + (second - first) / 15;
    // The whole difference: where steps outlast fast modes, errors fall less steeply than by the powers of h².
    const error = Math.abs(second - first) + 1e-15 * Math.abs(second);
    nodeError[i] = Number.isFinite(error) ? error : Infinity;
  }
  const grid = Float64Array.from(nodes);
  /** At u of a segment: the polynomial through its nearest nodes. */
  const within = (segment: number, u: number): number => {
    const { steps } = segments[segment];
    const values = excess.subarray(starts[segment], starts[segment] + steps + 1);
    return interpolate(places[segment], values, u * steps, STENCIL);
  };
  const places = segments.map(({ steps }) => Float64Array.from({ length: steps + 1 }, (_, i) => i));
  const cellError = new Float64Array(nodes.length - 1);
  for (const [segment, { steps }] of segments.entries()) {
    for (let cell = 0; cell < steps; cell++) {
      const i = starts[segment] + cell;
      const [middle, fine] = [runs[1][2 * i + 1], runs[2][4 * i + 2]];
      const there = within(segment, (cell + 0.5) / steps);
      // The worst place of a cell need not be its middle.
      const error = 2 * Math.abs(there - (fine + (fine - middle) / 3));
      cellError[i] = Math.max(nodeError[i], nodeError[i + 1]) + (Number.isFinite(error) ? error : Infinity);
    }
  }
  return {
    nodes: grid,
    excess,
    /** The last node up to which errors are as small as is allowed for the excess there. */
    goodUntil(allowed: (excess: number) => number) {
      const least = (i: number) => Math.min(excess[i], excess[i + 1]);
      const cell = cellError.findIndex((error, i) => !(error <= allowed(least(i))));
      return grid[cell === -1 ? grid.length - 1 : cell];
    },
    error: [nodeError, cellError].reduce((most, errors) => errors.reduce((x, y) => Math.max(x, y), most), 0),
    at(t: number) {
      if (!(t >= 0 && t <= grid[grid.length - 1])) {
        throw new InvalidParameterError("t", t, `a number from 0 to ${grid[grid.length - 1]}`);
      }
      let cell = 0;
      let end = grid.length - 1;
      while (end - cell > 1) {
        const middle = (cell + end) >> 1;
        if (grid[middle] <= t) cell = middle;
        else end = middle;
      }
      if (t === grid[cell]) return { value: excess[cell], error: nodeError[cell] };
      if (t === grid[end]) return { value: excess[end], error: nodeError[end] };
      const segment = starts.findLastIndex((start) => start <= cell);
      return { value: within(segment, segments[segment].placeOf(t)), error: cellError[cell] };
    },
  };
}
