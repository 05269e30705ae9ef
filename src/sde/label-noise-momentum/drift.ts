import { nonNegative, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import { type HeavyBall, requireStable } from "../../models/label-noise-momentum/heavy-ball";
import type { NoisyDescent } from "../../models/label-noise-momentum/loss";
import { manifoldCurvature, projectOnManifold } from "../../models/label-noise-momentum/manifold";
import type { OperatorKind } from "../../models/label-noise-momentum/operators";
import { createManifoldEquation } from "./equation";

/** How to follow the drift. */
export interface DriftMethod {
  readonly operator: OperatorKind;
  /** Last step of the descent. */
  readonly until: number;
}

/** A path on the zero-loss manifold at equal distances in time. */
export interface ManifoldPath {
  /** Step indices of the nodes. */
  readonly time: Float64Array;
  /** Weights at the nodes. */
  readonly weights: readonly Float64Array[];
  /** Weights at other times inside the run: cubic between nodes, brought back to the manifold. */
  at(time: number): Float64Array;
  /** The same path with half as many nodes, for the error: what a quantity of both differs by covers its error. */
  readonly coarse?: ManifoldPath;
}

const FIRST_NODES = 32;
const MOST_NODES = 1 << 14;
/** Distance of the paths with n and n/2 nodes, relative to |w|, at which n are enough. */
const ACCURACY = 1e-6;

/**
 * The noiseless part of the drift-diffusion, dY/dk = ε² · drift, of label noise: Runge-Kutta of order 4, every stage brought
 * back to the manifold, with the number of steps doubled until the path changes by less than 1e-6 |w|, at most 16384. (Where noise acts
 * along the manifold, it is the drift alone, without the diffusion.)
 *
 * @param start a point of the manifold.
 * @param dynamics learning rate and momentum, and the noise ε.
 * @throws InvalidParameterError for a start off the manifold, an unstable learning rate, or an end that so many steps do not reach; ConvergenceError where the path
 *   cannot be followed or the rank of the Hessian changes; InterruptedError after an abort.
 */
export async function solveManifoldDrift(
  descent: NoisyDescent,
  start: Float64Array,
  dynamics: HeavyBall & { readonly noise: number },
  method: DriftMethod,
  options: Options = {},
): Promise<ManifoldPath> {
  checkCall({ descent, dynamics, method }, options);
  const { noise, ...heavyBall } = dynamics;
  positive("method.until", method.until);
  nonNegative("noise", noise);
  const curvature = manifoldCurvature(descent.loss, start);
  requireStable(heavyBall, curvature.values[curvature.size - 1]);
  const equation = createManifoldEquation(descent, heavyBall, method.operator);
  const onto = (w: Float64Array) => projectOnManifold(descent.loss, w, curvature.rank);
  const slope = (w: Float64Array): Float64Array => {
    const point = onto(w);
    return equation.drift(point.w, point.curvature).map((x) => noise ** 2 * x);
  };
  requireReach(method.until, start, slope(start));

  // All attempts together: n nodes after n − 32 of those before.
  const pacer = createPacer("drift along the zero-loss manifold", 2 * MOST_NODES, options);

  let before: ManifoldPath | undefined;
  let failure: unknown;
  for (let nodes = FIRST_NODES; nodes <= MOST_NODES; nodes *= 2) {
    try {
      const path = await integrate(nodes);
      if (before && apart(before, path) <= ACCURACY) return { ...path, coarse: before };
      before = path;
      failure = undefined;
    } catch (error) {
      // Steps that are too long leave the manifold.
      if (!(error instanceof ConvergenceError)) throw error;
      failure = error;
    }
  }
  if (failure) throw failure;
  throw new ConvergenceError("The drift does not settle as steps get shorter.", {
    reached: 0,
    advice: "Stop the run earlier: it may come near a point where the rank of the Hessian changes.",
    partial: before,
  });

  async function integrate(nodes: number): Promise<ManifoldPath> {
    const h = method.until / nodes;
    const weights = [onto(start).w];
    const slopes = [slope(start)];
    try {
      for (let k = 0; k < nodes; k++) {
        const [w, k1] = [weights[k], slopes[k]];
        const k2 = slope(moved(w, h / 2, k1));
        const k3 = slope(moved(w, h / 2, k2));
        const k4 = slope(moved(w, h, k3));
        const mean = k1.map((x, i) => (x + 2 * k2[i] + 2 * k3[i] + k4[i]) / 6);
        weights.push(onto(moved(w, h, mean)).w);
        slopes.push(slope(weights[k + 1]));
        if (pacer.due()) await pacer.pause(nodes - FIRST_NODES + k);
      }
    } catch (error) {
      if (!(error instanceof ConvergenceError) || slopes.length < 3) throw error;
      const ended = Math.min(weights.length, slopes.length) - 1;
      throw error.withPartial(pathOf(weights.slice(0, ended + 1), slopes, h), ended * h);
    }
    return pathOf(weights, slopes, h);
  }

  function pathOf(
    weights: readonly Float64Array[],
    slopes: readonly Float64Array[],
    h: number,
  ): ManifoldPath {
    const time = Float64Array.from(weights, (_, k) => Math.min(method.until, k * h));
    if (Math.abs(time[time.length - 1] - method.until) < h / 2) time[time.length - 1] = method.until;
    return { time, weights, at: (t) => onto(between(weights, slopes, t / h, h)).w };
  }
}

/** @throws InvalidParameterError where even the shortest first step would move the weights by more than they are. */
function requireReach(until: number, start: Float64Array, slope: Float64Array): void {
  const most = MOST_NODES * Math.sqrt(squareOf(start) / squareOf(slope));
  // From a start at 0 no step is short beside the weights.
  if (squareOf(start) === 0 || until <= most) return;
  const allowed = `at most about ${Number(most.toPrecision(2))}, what ${MOST_NODES} steps reach: the drift moves the weights by as much as they are in ${Number((most / MOST_NODES).toPrecision(2))}`;
  throw new InvalidParameterError("method.until", until, allowed);
}

const squareOf = (w: Float64Array) => w.reduce((sum, x) => sum + x * x, 0);

const moved = (w: Float64Array, h: number, slope: Float64Array) => w.map((x, i) => x + h * slope[i]);

/** Cubic Hermite interpolation at node number x. */
function between(
  values: readonly Float64Array[],
  slopes: readonly Float64Array[],
  x: number,
  h: number,
): Float64Array {
  const k = Math.min(values.length - 2, Math.max(0, Math.floor(x)));
  const s = x - k;
  const [a, b] = [(1 + 2 * s) * (1 - s) ** 2, s * s * (3 - 2 * s)];
  const [c, d] = [h * s * (1 - s) ** 2, -h * s * s * (1 - s)];
  return values[k].map((y, i) => a * y + b * values[k + 1][i] + c * slopes[k][i] + d * slopes[k + 1][i]);
}

/** The largest distance of a path from one with half its nodes, relative to the weights. */
function apart(half: ManifoldPath, whole: ManifoldPath): number {
  let worst = 0;
  for (const [k, w] of half.weights.entries()) {
    const other = whole.weights[2 * k];
    const distance = Math.hypot(...w.map((x, i) => x - other[i]));
    // Weights that stay at 0 are not apart.
    if (distance > 0) worst = Math.max(worst, distance / Math.hypot(...other));
  }
  return worst;
}
