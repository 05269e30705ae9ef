import { floats, integerAtLeast, record } from "../../core/check";
import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import { type Curvature, curvatureOf, pseudoInverse } from "./curvature";
import { checkHeavyBall, type HeavyBall } from "./heavy-ball";
import type { Loss } from "./loss";

/** How near the manifold, relative to 1 + |w|, a point must be to count as on it. */
const ON_MANIFOLD = 1e-8;
const NEWTON_STEPS = 50;
/**
 * The step at which Newton's iteration has arrived, relative to 1 + |w|. Rounding of the residuals moves the weakest mode by
 * √(λ_max/λ_min) times as much for ever: a step within that which no longer falls has arrived, too.
 */
const ARRIVED = 1e-14;

/** The Hessian of a loss at a point, in its eigenbasis. */
export function curvatureAt(loss: Loss, w: Float64Array, rank?: number): Curvature {
  const hessian = new Float64Array(loss.size * loss.size);
  loss.hessian(w, hessian);
  return curvatureOf(hessian, loss.size, rank);
}

/**
 * The Hessian at a point of the zero-loss manifold.
 * @throws InvalidParameterError named `start` for a point off the manifold, with how far off and how to get on it.
 */
export function manifoldCurvature(loss: Loss, w: Float64Array): Curvature {
  checkPoint(loss, w);
  const curvature = curvatureAt(loss, w);
  const distance = length(newtonStep(loss, w, curvature));
  if (distance <= ON_MANIFOLD * (1 + length(w)) && rest(loss, w) <= ON_MANIFOLD) {
    requireNoLoss(loss, w, curvature.values[loss.size - 1]);
    return curvature;
  }
  throw new InvalidParameterError(
    "start",
    Array.from(w),
    `a point of the zero-loss manifold; this one is about ${distance.toPrecision(2)} away from it. ` +
      "Let the limit map of the noiseless descent project it (projectStart: true, or limitMap in the library)",
  );
}

/**
 * A point where the gradient vanishes may be a saddle, or a minimum above 0.
 * @param largest the largest curvature there.
 * @param start what the user gave, for the error.
 * @throws InvalidParameterError named `start`, where the loss does not vanish.
 */
export function requireNoLoss(
  loss: Loss,
  w: Float64Array,
  largest: number,
  start: unknown = Array.from(w),
): void {
  if (hasNoLoss(loss, w, largest)) return;
  throw new InvalidParameterError(
    "start",
    start,
    `a point of the zero-loss manifold; at this one, or where the noiseless descent takes it, the gradient vanishes but the loss is ${loss.value(w).toPrecision(3)}: a saddle, or a minimum above 0`,
  );
}

/** Whether the loss is at most that of a point as far off the manifold as is allowed. */
function hasNoLoss(loss: Loss, w: Float64Array, largest: number): boolean {
  return loss.value(w) <= largest * (ON_MANIFOLD * (1 + length(w))) ** 2;
}

/** Gradient of a point, relative to its own curvature: not 0 where the gradient has a part along zero modes. */
function rest(loss: Loss, w: Float64Array): number {
  const g = new Float64Array(loss.size);
  loss.gradient(w, g);
  const curvature = curvatureAt(loss, w);
  const largest = curvature.values[loss.size - 1];
  return length(g) / (largest > 0 ? largest * (1 + length(w)) : 1);
}

/**
 * The point of the manifold near w, by Newton steps −H^†∇L in the space of the `rank` largest curvatures.
 * @throws ConvergenceError where they do not settle, or settle where the loss is not 0 or the Hessian has another rank.
 */
export function projectOnManifold(
  loss: Loss,
  w: Float64Array,
  rank: number,
): { readonly w: Float64Array; readonly curvature: Curvature } {
  checkPoint(loss, w);
  integerAtLeast("rank", rank, 0);
  const at = w.slice();
  let tangent = curvatureAt(loss, at, rank);
  let before = Infinity;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const change = newtonStep(loss, at, tangent);
    for (let i = 0; i < at.length; i++) at[i] -= change[i];
    const moved = length(change);
    if (!Number.isFinite(moved)) break;
    const rounding = ARRIVED * (1 + length(at));
    if (moved <= rounding || (moved > 0.1 * before && moved <= rounding * amplification(tangent))) {
      const curvature = curvatureAt(loss, at);
      if (curvature.rank !== rank) throw rankChange(rank, curvature.rank, at);
      if (!hasNoLoss(loss, at, curvature.values[loss.size - 1])) break;
      return { w: at, curvature };
    }
    // The decomposition is kept as long as it serves: near the manifold all the way.
    if (moved > 0.1 * before) tangent = curvatureAt(loss, at, rank);
    before = moved;
  }
  throw new ConvergenceError("A point could not be brought back to the zero-loss manifold.", {
    reached: 0,
    advice:
      "It is too far off (in a diffusion take shorter steps), or near a point where the rank of the Hessian changes.",
  });
}

/** √(λ_max/λ_min) of the curvatures that are kept. */
const amplification = ({ size, rank, values }: Curvature): number =>
  rank > 0 && values[size - rank] > 0 ? Math.sqrt(values[size - 1] / values[size - rank]) : 1;

function rankChange(before: number, now: number, w: Float64Array): ConvergenceError {
  const where = Array.from(w.subarray(0, 4), (x) => x.toPrecision(3)).join(", ");
  return new ConvergenceError(
    `The rank of the Hessian changes from ${before} to ${now} near w = (${where}${w.length > 4 ? ", …" : ""}): the minima are no manifold of one dimension there.`,
    { reached: 0, advice: "Stop the run before this point." },
  );
}

function newtonStep(loss: Loss, w: Float64Array, curvature: Curvature): Float64Array {
  const g = new Float64Array(loss.size);
  loss.gradient(w, g);
  return pseudoInverse(curvature, g);
}

/**
 * The limit map Φ(π, w): where the noiseless descent from (π, w) comes to rest (Flatter, faster, assumption 3.2).
 * @param start.momentum π, 0 when left out.
 * @throws InvalidParameterError; ConvergenceError where it does not come to rest in `most` steps; InterruptedError.
 */
export async function limitMap(
  loss: Pick<Loss, "size" | "gradient">,
  heavyBall: HeavyBall,
  start: { readonly weights: Float64Array; readonly momentum?: Float64Array },
  { most = 1e7, ...options }: Options & { readonly most?: number } = {},
): Promise<Float64Array> {
  checkHeavyBall(heavyBall);
  checkPoint(loss, start.weights);
  const w = start.weights.slice();
  const pi = start.momentum?.slice() ?? new Float64Array(loss.size);
  const g = new Float64Array(loss.size);
  const pacer = createPacer("descent to the zero-loss manifold", most, options);
  let quiet = 0;
  for (let step = 0; step < most; step++) {
    const moved = descend(loss, heavyBall, w, pi, g);
    if (!Number.isFinite(moved)) break;
    // Momentum passes through 0 while it swings, and rounding moves the last digit for ever: rest is many quiet steps in a row.
    quiet = moved <= 4 * Number.EPSILON * (1 + length(w)) ? quiet + 1 : 0;
    if (quiet > 20 / (1 - heavyBall.momentum)) return w;
    if (pacer.due()) await pacer.pause(step);
  }
  throw new ConvergenceError("The noiseless descent does not come to rest.", {
    reached: most,
    advice: "Take a smaller learning rate, or a start nearer to the zero-loss manifold.",
  });
}

/** One noiseless step (LN1); the length of the change of w. */
function descend(
  loss: Pick<Loss, "gradient">,
  { learningRate, momentum }: HeavyBall,
  w: Float64Array,
  pi: Float64Array,
  g: Float64Array,
): number {
  loss.gradient(w, g);
  let moved = 0;
  for (let i = 0; i < w.length; i++) {
    pi[i] = momentum * pi[i] - g[i];
    const change = learningRate * pi[i];
    w[i] += change;
    moved += change * change;
  }
  return Math.sqrt(moved);
}

const POWER_STEPS = 60;
const EIGEN_SIZE = 100;

/**
 * The largest curvature of a loss at a point, for the bound of stability: by the eigenvalues, or for many weights by the
 * power method on differences of the gradient (to about 1 %).
 */
export function largestCurvature(loss: Loss, w: Float64Array): number {
  const D = loss.size;
  if (D <= EIGEN_SIZE) return curvatureAt(loss, w).values[D - 1];
  const [ahead, behind, at] = [new Float64Array(D), new Float64Array(D), new Float64Array(D)];
  let v = Float64Array.from({ length: D }, (_, i) => Math.sin(1 + i));
  let curvature = 0;
  for (let step = 0; step < POWER_STEPS; step++) {
    const amount = (1e-4 * (1 + length(w))) / length(v);
    for (let i = 0; i < D; i++) at[i] = w[i] + amount * v[i];
    loss.gradient(at, ahead);
    for (let i = 0; i < D; i++) at[i] = w[i] - amount * v[i];
    loss.gradient(at, behind);
    const image = ahead.map((x, i) => (x - behind[i]) / (2 * amount));
    curvature = length(image) / length(v);
    if (curvature === 0) return 0;
    v = image.map((x) => x / curvature);
  }
  return curvature;
}

/** @throws InvalidParameterError named `start`. */
export function checkPoint(loss: Pick<Loss, "size">, w: Float64Array): void {
  record("loss", loss);
  floats("start", w);
  if (w.length === loss.size && w.every(Number.isFinite)) return;
  throw new InvalidParameterError("start", Array.from(w), `${loss.size} finite numbers, one a weight`);
}

const length = (x: Float64Array) => Math.sqrt(x.reduce((sum, y) => sum + y * y, 0));
