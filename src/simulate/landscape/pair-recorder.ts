import type { Stream } from "../../numerics/streams";
import { dot, projectOnSphere } from "../sphere";
import type { PlannedPair } from "./pair-plan";
import type { ResponseMethod } from "./problem";
import type { RandomStart } from "./random-start";

/** Measures C(t, t') = x(t)·x(t')/N and the response along one run. */
export interface PairRecorder {
  /** To be called at every node, with the state there. */
  atNode(node: number, x: Float64Array): void;
  /** To be called before each walk of step node → node + 1, with its diffusion and noise and the state before it. */
  beforeWalk(node: number, diffusion: number, x: Float64Array, noise: Float64Array): void;
  /** Copies that must go through the same walks and descents as x; changes at nodes. */
  readonly clones: readonly Float64Array[];
  /** By pair; complete after the last node. */
  readonly correlation: Float64Array;
  readonly response: Float64Array;
}

/**
 * Length of the displacement that makes a clone, in units of √N. Rounding errors of the difference are about 1e-16/1e-7,
 * curvature effects about 1e-7: both far below the statistical error, even if the difference grows a
 * thousandfold.
 */
const PUSH = 1e-7;

/** A copy of the state that was displaced along `direction` at node `early`. */
interface Clone {
  readonly early: number;
  readonly last: number;
  readonly direction: Float64Array;
  readonly state: Float64Array;
}

/**
 * The response is to a unit jump of x in the clock along the sphere: R(t, t') = Tr(∂x(t)/∂x(t'))/(N − 1), the trace
 * over the tangent space, so that R(t, t) = 1 at every N.
 *
 * - noise: Gaussian integration by parts gives E[x(t)·ξ] = √(2τ) Σ ∂x_i(t)/∂x_i for the noise ξ of a walk of diffusion
 *   τ, up to O(τ³) if the jump is put at the middle of the walk. The walks k in the window are averaged with weights
 *   ∝ τ_k, which minimise the variance (that of one walk is ∝ 1/τ_k):
 *     R = x(t) · Σ_k √(2τ_k) ξ_k / ((N − 1) Σ_k 2τ_k).
 *   Where the rate jumps at t' that is done for either half of the window, and R is the mean of the two.
 *   Only the part of ξ_k along the sphere moves x; the other part is left out, which takes the share C² off
 *   the variance.
 * - noise, t' = 0: the random part r of the start is uniform on a sphere; by parts on that sphere
 *   R(t, 0) = x(t)·r/|r|². Without a signal that is C(t, 0), exactly; with one (C(t, 0) − m0 m(t))/(1 − m0²), the
 *   trace over the N − 2 directions along the sphere that keep the overlap: other by O(1/N).
 * - clone: v·(x'(t) − x(t))/(ε |v|²) for a displacement ε v at t', v a random direction along the sphere.
 *
 * @param direction normal numbers for the displacement of clone k.
 */
export function createPairRecorder(
  pairs: readonly PlannedPair[],
  method: ResponseMethod,
  start: RandomStart,
  direction: (clone: number) => Stream,
): PairRecorder {
  const size = start.state.length;
  const correlation = new Float64Array(pairs.length);
  const response = new Float64Array(pairs.length);
  const earlyNodes = [...new Set(pairs.map((pair) => pair.early))];
  const past = new Map<number, Float64Array>();
  const windows = pairs.map((pair) => ({
    ...pair,
    halves: (pair.jumps ? [pair.early, pair.to] : [pair.to]).map((to) => ({
      to,
      sum: new Float64Array(pair.to > pair.from ? size : 0),
      strength: 0,
    })),
  }));
  let active: Clone[] = [];
  const clones: Float64Array[] = [];

  function startClone(node: number, x: Float64Array): void {
    const normal = new Float64Array(size);
    direction(earlyNodes.indexOf(node)).fillNormal(normal);
    const v = new Float64Array(size);
    addTangent(v, 1, x, normal);
    const state = x.map((xi, i) => xi + PUSH * v[i]);
    projectOnSphere(state);
    const last = Math.max(...pairs.filter((pair) => pair.early === node).map((pair) => pair.late));
    active.push({ early: node, last, direction: v, state });
  }

  function responseOf(k: number, x: Float64Array): number {
    const { early, late, halves } = windows[k];
    if (late === early) return 1;
    if (method === "noise") {
      if (early === 0) return dot(x, start.random) / start.squaredLength;
      const parts = halves.map(({ sum, strength }) => dot(x, sum) / ((size - 1) * strength));
      return parts.reduce((total, part) => total + part) / parts.length;
    }
    const clone = active.find((candidate) => candidate.early === early)!;
    let projection = 0;
    for (let i = 0; i < size; i++) projection += clone.direction[i] * (clone.state[i] - x[i]);
    return projection / (PUSH * dot(clone.direction, clone.direction));
  }

  return {
    correlation,
    response,
    clones,
    atNode(node, x) {
      if (earlyNodes.includes(node)) {
        past.set(node, x.slice());
        if (method === "clone") startClone(node, x);
      }
      for (const [k, { late, early }] of pairs.entries()) {
        if (late !== node) continue;
        correlation[k] = dot(x, past.get(early)!) / size;
        if (method !== "none") response[k] = responseOf(k, x);
      }
      active = active.filter((clone) => clone.last > node);
      clones.splice(0, clones.length, ...active.map((clone) => clone.state));
    },
    beforeWalk(node, diffusion, x, noise) {
      for (const window of windows) {
        if (node < window.from || node >= window.to) continue;
        const half = window.halves.find(({ to }) => node < to)!;
        addTangent(half.sum, Math.sqrt(2 * diffusion), x, noise);
        half.strength += 2 * diffusion;
      }
    },
  };
}

/** Adds factor times the part of v along the sphere at x. */
function addTangent(sum: Float64Array, factor: number, x: Float64Array, v: Float64Array): void {
  const radial = dot(x, v) / x.length;
  for (let i = 0; i < x.length; i++) sum[i] += factor * (v[i] - radial * x[i]);
}
