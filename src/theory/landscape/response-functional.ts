import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { ConvergenceError } from "../../core/errors";
import type { Covariance } from "../../models/covariance";
import { gaussLegendre } from "../../numerics/gauss-legendre";

const ROUNDS = 60;
const NEWTON_STEPS = 400;
const GAP = 1e-8;
/** Quadrature cells; finer towards s = 1, where χ is smallest. */
const MESH = Array.from({ length: 49 }, (_, k) => 1 - (1 - k / 48) ** 2);

/** χ(s) = end + Σ weights[j]·min(1−s, 1−knots[j]): every concave nonincreasing broken line has weights ≥ 0. */
interface BrokenLine {
  readonly end: number;
  readonly knots: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Minimum of ½ {Q′(0)χ(0) + ∫₀¹ [Q″χ + 1/χ] ds} over positive, concave, nonincreasing χ (see `groundStateLoss`), by exchange:
 * minimise over broken lines with the kinks at hand, then add kinks where they lower the functional most.
 * Convexity bounds the distance to the minimum by the largest such gain; it stops when the bound is below 1e-8.
 *
 * @param start a straight line end + slope·(1−s) to start from.
 * @throws ConvergenceError if the bound does not get there; `partial` is the upper bound reached.
 */
export function minimiseResponse(
  covariance: Covariance,
  start: { readonly end: number; readonly slope: number },
): number {
  let line: BrokenLine = { end: start.end, knots: [0], weights: [start.slope] };
  let gap = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    line = minimiseWeights(covariance, line);
    const found = newKnots(covariance, line);
    const slope = line.weights.reduce((sum, weight) => sum + weight, 0);
    // The slope of the best line may be larger, where this one is flat: by no more than its size.
    gap = (Math.abs(imbalance(covariance, line)) + found.gain * (slope + line.end)) / 2;
    if (gap < GAP) return functional(covariance, line);
    line = withKnots(line, found.knots);
  }
  throw new ConvergenceError(`The ground state is only known to ${gap.toExponential(1)}.`, {
    reached: ROUNDS,
    advice: "Use couplings whose p and variances are less far apart.",
    partial: functional(covariance, line),
  });
}

/** New kinks start at weight 0. */
function withKnots(line: BrokenLine, added: readonly number[]): BrokenLine {
  const weightOf = new Map(added.map((knot): [number, number] => [knot, 0]));
  line.knots.forEach((knot, j) => void weightOf.set(knot, line.weights[j]));
  const knots = [...weightOf.keys()].sort((a, b) => a - b);
  return { end: line.end, knots, weights: knots.map((knot) => weightOf.get(knot)!) };
}

/** Newton's method over the weights, up to the first that reaches 0: that kink is dropped, and so on. */
function minimiseWeights(covariance: Covariance, start: BrokenLine): BrokenLine {
  let line = start;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const { direction, decrease } = newtonStep(covariance, line);
    if (decrease < 1e-20) break;
    const theta = [line.end, ...line.weights];
    let length = 1;
    let blocking = -1;
    theta.forEach((weight, j) => {
      if (direction[j] < 0 && weight < -length * direction[j]) {
        length = -weight / direction[j];
        blocking = j;
      }
    });
    const value = functional(covariance, line);
    // `end` may not reach 0 itself: 1/χ would not be integrable for a flat line.
    if (blocking === 0) length *= 0.5;
    for (let halvings = 0; ; halvings++) {
      const trial = moved(line, direction, length, halvings === 0 ? blocking : -1);
      // Near the minimum the value is flat to rounding while the gradient still tells where to go.
      if (functional(covariance, trial) <= value * (1 + 1e-15)) {
        line = trial;
        break;
      }
      if (halvings === 40) return line;
      length /= 2;
    }
  }
  return line;
}

function moved(line: BrokenLine, direction: readonly number[], length: number, dropped: number): BrokenLine {
  const keep = (_: number, j: number) => j + 1 !== dropped;
  return {
    end: line.end + length * direction[0],
    knots: line.knots.filter(keep),
    weights: line.weights.map((w, j) => Math.max(0, w + length * direction[j + 1])).filter(keep),
  };
}

/** Newton direction of (end, weights) for ∫ [Q″χ + 1/χ], and the decrease it promises. */
function newtonStep(covariance: Covariance, line: BrokenLine) {
  const { points, weights: measure } = rule(line);
  const basis = [points.map(() => 1), ...line.knots.map((u) => points.map((s) => Math.min(1 - s, 1 - u)))];
  const linear = [covariance.first(1), ...line.knots.map((u) => covariance.value(1) - covariance.value(u))];
  const chi = points.map((s) => response(line, s));
  const inverseSquare = chi.map((x, k) => measure[k] / (x * x));
  const inverseCube = chi.map((x, k) => (2 * inverseSquare[k]) / x);
  const gradient = basis.map((column, j) => linear[j] - dot(column, inverseSquare));
  const hessian = Matrix.zeros(basis.length, basis.length);
  basis.forEach((column, i) => {
    const weighted = column.map((x, k) => x * inverseCube[k]);
    for (let j = 0; j <= i; j++) hessian.set(i, j, dot(weighted, basis[j]));
    for (let j = 0; j < i; j++) hessian.set(j, i, hessian.get(i, j));
    // Neighbouring kinks are nearly parallel: a touch of damping keeps the matrix definite.
    hessian.set(i, i, hessian.get(i, i) * (1 + 1e-11));
  });
  const step = new CholeskyDecomposition(hessian).solve(Matrix.columnVector(gradient));
  const direction = step.to1DArray().map((x) => -x);
  return { direction, decrease: -dot(direction, gradient) };
}

/** The places where a new kink lowers the functional most (local maxima of the gain), and the largest gain. */
function newKnots(covariance: Covariance, line: BrokenLine) {
  const candidates = edges(line).flatMap((low, k, all) =>
    k + 1 < all.length ? [0, 0.25, 0.5, 0.75].map((f) => low + f * (all[k + 1] - low)) : [],
  );
  const { points, weights } = rule(line);
  const inverseSquare = points.map((s, k) => weights[k] / response(line, s) ** 2);
  const gains = candidates.map((u) => {
    const gain = points.reduce((sum, s, k) => sum + inverseSquare[k] * Math.min(1 - s, 1 - u), 0);
    return gain - (covariance.value(1) - covariance.value(u));
  });
  const knots = candidates.filter(
    (_, k) => gains[k] > 0 && gains[k] >= (gains[k - 1] ?? 0) && gains[k] >= (gains[k + 1] ?? 0),
  );
  return { knots, gain: Math.max(0, ...gains) };
}

/** Q′(0)χ(0) + ∫ [Q″χ − 1/χ]: 0 at a minimum, where no common factor of χ can lower the functional. */
function imbalance(covariance: Covariance, line: BrokenLine): number {
  const { points, weights } = rule(line);
  return points.reduce((sum, s, k) => {
    const chi = response(line, s);
    return sum + weights[k] * (covariance.second(s) * chi - 1 / chi);
  }, covariance.first(0) * response(line, 0));
}

function functional(covariance: Covariance, line: BrokenLine): number {
  const { points, weights } = rule(line);
  return points.reduce(
    (sum, s, k) => {
      const chi = response(line, s);
      return sum + (weights[k] / 2) * (covariance.second(s) * chi + 1 / chi); // (S.8)
    },
    (covariance.first(0) * response(line, 0)) / 2,
  );
}

function response({ end, knots, weights }: BrokenLine, s: number): number {
  return knots.reduce((sum, knot, j) => sum + weights[j] * Math.min(1 - s, 1 - knot), end);
}

/** Quadrature cells: the mesh and all knots, so that χ is a straight line in each. */
function edges({ knots }: BrokenLine): number[] {
  return [...new Set([...MESH, ...knots])].sort((a, b) => a - b);
}

function rule(line: BrokenLine) {
  return gaussLegendre(edges(line));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
