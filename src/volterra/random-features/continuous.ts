import { between, positive } from "../../core/check";
import { ConvergenceError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { Modes } from "../../models/random-features/modes";
import { checkBatch } from "../../models/random-features/stability";
import { stepRates } from "../../models/random-features/steps";
import { interpolate } from "../../numerics";
import type { Schedule } from "../../schedule";
import { type Segment, trapezoid } from "./trapezoid";

/** How to solve the Volterra equation. */
export interface ContinuousMethod {
  readonly until: number;
  /** Estimated error allowed, relative to the loss; default 1e-9. */
  readonly tolerance?: number;
}

/** L(t) − s2 of the continuous flow, with its estimated error. */
export interface ContinuousCurve {
  readonly nodes: Float64Array;
  readonly excess: Float64Array;
  readonly error: Float64Array;
  /** The excess and its error between nodes, interpolated to sixth order. */
  at(t: number): { readonly value: number; readonly error: number };
}

const COARSEST = 32;
/** Most steps of the coarsest of the three grids. */
const MOST = 2 ** 18;
const STENCIL = 6;

/**
 * Solves the Volterra equation of the continuous flow (RF.6), the limit of small rates: the trapezoid rule on grids h, h/2,
 * h/4, whose errors go in powers of h², extrapolated; grids are refined until the last correction is below the tolerance. It
 * is that correction that is given as the error.
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
    const { excess, error } = curve;
    if (error.every((e, i) => e <= tolerance * Math.abs(excess[i] + modes.floor))) return curve;
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

/** From the grids h, h/2, h/4 to h → 0 at the nodes of the first. */
function extrapolated(segments: readonly Segment[], runs: readonly Float64Array[]): ContinuousCurve {
  const nodes = [0];
  /** Last node of every segment. */
  const bounds = [0];
  for (const { from, to, steps } of segments) {
    for (let i = 1; i <= steps; i++) nodes.push(i === steps ? to : from + (i * (to - from)) / steps);
    bounds.push(nodes.length - 1);
  }
  const excess = new Float64Array(nodes.length);
  const error = new Float64Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    const [coarse, middle, fine] = [runs[0][i], runs[1][2 * i], runs[2][4 * i]];
    const first = middle + (middle - coarse) / 3;
    const second = fine + (fine - middle) / 3;
    excess[i] = second + (second - first) / 15;
    error[i] = Math.abs(second - first) / 15 + 1e-15 * Math.abs(second);
    if (!Number.isFinite(error[i])) error[i] = Infinity;
  }
  const at = (t: number) => {
    const s = Math.max(
      1,
      bounds.findIndex((bound) => nodes[bound] >= t),
    );
    const [low, high] = [bounds[s - 1], bounds[s] + 1];
    const inside = (values: Float64Array | readonly number[], points: number) =>
      interpolate(nodes.slice(low, high), values.slice(low, high), t, points);
    const value = inside(excess, STENCIL);
    const offNode = nodes.includes(t) ? 0 : Math.abs(value - inside(excess, STENCIL - 2));
    return { value, error: inside(error, 2) + offNode };
  };
  return { nodes: Float64Array.from(nodes), excess, error, at };
}
