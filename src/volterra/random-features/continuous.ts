import { between, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { Modes } from "../../models/random-features/modes";
import { checkBatch } from "../../models/random-features/stability";
import { stepRates } from "../../models/random-features/steps";
import { interpolate } from "../../numerics/lagrange";
import type { Schedule } from "../../schedule";
import { type Segment, trapezoid } from "./trapezoid";

/** How to solve the Volterra equation. */
export interface ContinuousMethod {
  readonly until: number;
  /** Estimated error allowed, relative to the least loss; default 1e-9. */
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
/** Most steps of the coarsest of the three grids. */
const MOST = 2 ** 18;
const STENCIL = 6;

/**
 * Solves the Volterra equation of the continuous flow (RF.6), the limit of small rates: the trapezoid rule on grids h, h/2,
 * h/4, whose errors go in powers of h², extrapolated; grids are refined until the last correction, and what interpolation misses between two nodes, are below the
 * tolerance. These are given as the error.
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
  const grid = (steps: number): Segment[] =>
    ends.slice(1).map((to, k) => ({
      from: ends[k],
      to,
      steps: Math.max(STENCIL, Math.ceil((steps * (to - ends[k])) / until)),
    }));
  const refine = (segments: readonly Segment[], factor: number) =>
    segments.map((segment) => ({ ...segment, steps: factor * segment.steps }));
  const pacer = createPacer("Volterra equation", Math.log2(MOST / COARSEST) + 1, options);

  let curve: ContinuousCurve | undefined;
  let coarsest = grid(COARSEST);
  let runs = [1, 2, 4].map((factor) => trapezoid(modes, schedule, batch, refine(coarsest, factor)));
  for (let level = 0; ; level++) {
    curve = extrapolated(coarsest, runs);
    const least = curve.excess.reduce((x, y) => Math.min(x, y), Infinity) + modes.floor;
    if (curve.error <= tolerance * least) return curve;
    if (COARSEST * 2 ** (level + 1) > MOST) break;
    await pacer.pause(level + 1);
    coarsest = refine(coarsest, 2);
    runs = [runs[1], runs[2], trapezoid(modes, schedule, batch, refine(coarsest, 4))];
  }
  throw new ConvergenceError(`The Volterra equation did not meet the tolerance ${tolerance}.`, {
    reached: 0,
    advice: "Give a larger tolerance, or a learning rate well below stabilityRate.",
    partial: curve,
  });
}

/** From the grids h, h/2, h/4 to h → 0 at the nodes of the first; the nodes between them test the interpolation. */
function extrapolated(segments: readonly Segment[], runs: readonly Float64Array[]): ContinuousCurve {
  const nodes: number[] = [0];
  /** Last node of every segment. */
  const bounds = [0];
  for (const { from, to, steps } of segments) {
    for (let i = 1; i <= steps; i++) nodes.push(i === steps ? to : from + (i * (to - from)) / steps);
    bounds.push(nodes.length - 1);
  }
  const excess = new Float64Array(nodes.length);
  const nodeError = new Float64Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    const [coarse, middle, fine] = [runs[0][i], runs[1][2 * i], runs[2][4 * i]];
    const first = middle + (middle - coarse) / 3;
    const second = fine + (fine - middle) / 3;
    excess[i] = second + (second - first) / 15;
    const error = Math.abs(second - first) / 15 + 1e-15 * Math.abs(second);
    nodeError[i] = Number.isFinite(error) ? error : Infinity;
  }
  const grid = Float64Array.from(nodes);
  /** Between nodes: the polynomial through the nearest ones of the same segment. */
  const between = (t: number, cell: number): number => {
    const segment = bounds.findIndex((bound) => bound > cell);
    const [low, high] = [bounds[segment - 1], bounds[segment] + 1];
    return interpolate(grid.subarray(low, high), excess.subarray(low, high), t, STENCIL);
  };
  const cellError = Float64Array.from({ length: nodes.length - 1 }, (_, i) => {
    const [middle, fine] = [runs[1][2 * i + 1], runs[2][4 * i + 2]];
    const there = between((grid[i] + grid[i + 1]) / 2, i);
    // The worst place of a cell need not be its middle.
    const error = 2 * Math.abs(there - (fine + (fine - middle) / 3));
    return Math.max(nodeError[i], nodeError[i + 1]) + (Number.isFinite(error) ? error : Infinity);
  });
  return {
    nodes: grid,
    excess,
    error: [nodeError, cellError].reduce((most, errors) => errors.reduce((x, y) => Math.max(x, y), most), 0),
    at(t) {
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
      return { value: between(t, cell), error: cellError[cell] };
    },
  };
}
