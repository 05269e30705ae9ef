import { between, floats, integerAtLeast, record } from "../../core/check";
import { hurwitzZeta } from "../../numerics/hurwitz-zeta";
import { checkFeatures, type PowerLawFeatures } from "./problem";

/**
 * The trained modes of a student, each with q = λ E(w − w*)². A bin of neighbouring modes is two modes with the same sums
 * of λ, λ² and q(0).
 */
export interface Modes {
  /** λ_k. */
  readonly eigenvalue: Float64Array;
  /** n_k, the number of modes that k stands for; in a bin no integer. */
  readonly multiplicity: Float64Array;
  /** n_k λ_k², the weight of mode k in the noise of SGD. */
  readonly noiseWeight: Float64Array;
  /** q_k(0). */
  readonly start: Float64Array;
  /** s2 = σ² plus what no trained mode can explain: the least loss there is. */
  readonly floor: number;
}

/** How modes are put in bins. */
export interface Binning {
  /** The first modes are kept one by one; with no more features than that there are no bins. Default 2000. */
  readonly exact?: number;
  /** Where there are bins: so many modes before them. Default 64, at most `exact`. */
  readonly kept?: number;
  /** Ratio of the ends of a bin. Default 1.1: relative error below 2e-6 of an excess loss. */
  readonly ratio?: number;
}

const EXACT = 2000;
const KEPT = 64;
const RATIO = 1.1;

/**
 * Modes of the student that trains the first N features (RF.1), with the tail Σ_{k>N} k^−a in the floor. More than
 * `exact` features are put into bins (RF.3): about 300 modes stand for 10⁷.
 * @throws InvalidParameterError
 */
export function createModes(problem: PowerLawFeatures, binning: Binning = {}): Modes {
  checkFeatures(problem);
  const { features, labelNoise } = problem;
  const exact = integerAtLeast("binning.exact", binning.exact ?? EXACT, 0);
  const ratio = between("binning.ratio", binning.ratio ?? RATIO, 1.0001, 2);
  const kept = Math.min(integerAtLeast("binning.kept", binning.kept ?? KEPT, 1), Math.max(1, exact));
  const floor = labelNoise + untrainedTail(problem);
  return features <= exact ? singleModes(problem, floor) : binnedModes(problem, floor, kept, ratio);
}

/** Σ_{N<k≤M} k^−a: the variance of the target that no trained mode can explain (RF.1). */
export function untrainedTail(problem: PowerLawFeatures): number {
  checkFeatures(problem);
  const { targetExponent: a, features, modes } = problem;
  if (modes === features) return 0;
  return hurwitzZeta(a, features + 1) - (modes === null ? 0 : hurwitzZeta(a, modes + 1));
}

function singleModes({ targetExponent: a, spectrumExponent: b, features }: PowerLawFeatures, floor: number) {
  const each = (f: (k: number) => number) => Float64Array.from({ length: features }, (_, k) => f(k + 1));
  return {
    eigenvalue: each((k) => k ** -b),
    multiplicity: each(() => 1),
    noiseWeight: each((k) => k ** (-2 * b)),
    start: each((k) => k ** -a),
    floor,
  };
}

/**
 * Bins (l, r] after the first `kept` modes, as two modes each (RF.3): one standard deviation of ln k below and above its mean,
 * both weighted as the λ_k, with shares that keep Σλ, Σλ² and Σq(0). What depends on λ in between is right to fourth order.
 */
function binnedModes(
  { targetExponent: a, spectrumExponent: b, features }: PowerLawFeatures,
  floor: number,
  kept: number,
  ratio: number,
): Modes {
  const modes = { eigenvalue: [], multiplicity: [], noiseWeight: [], start: [] } as Record<Column, number[]>;
  for (let left = 0; left < features; ) {
    const right = left < kept ? left + 1 : Math.min(features, Math.max(left + 1, Math.round(left * ratio)));
    const { mean, deviation } = logMoments(left, right, b);
    const sum = powerSum(left, right);
    for (const side of deviation > 0 ? [-1, 1] : [0]) {
      const lambda = Math.exp(-b * (mean + side * deviation));
      // The two are alike in weights k^−b.
      const share = (s: number) => (side === 0 ? 1 : 1 / (1 + Math.exp(2 * side * deviation * (s - b))));
      modes.eigenvalue.push(lambda);
      modes.multiplicity.push((share(b) * sum(b)) / lambda);
      modes.noiseWeight.push(share(2 * b) * sum(2 * b));
      modes.start.push(share(a) * sum(a));
    }
    left = right;
  }
  const columns = Object.entries(modes).map(([name, values]) => [name, Float64Array.from(values)]);
  return { ...(Object.fromEntries(columns) as Record<Column, Float64Array>), floor };
}

type Column = Exclude<keyof Modes, "floor">;

/** Mean and standard deviation of ln k over left < k ≤ right with weights k^−b. */
function logMoments(left: number, right: number, b: number): { mean: number; deviation: number } {
  if (right - left > SHORT) {
    // The density e^{(1 − b)x} over a short stretch of x = ln k, where it is nearly even.
    const [low, high] = [Math.log(left + 0.5), Math.log(right + 0.5)];
    const square = (high - low) ** 2 / 12;
    return { mean: (low + high) / 2 + (1 - b) * square, deviation: Math.sqrt(square) };
  }
  let [weight, first, second] = [0, 0, 0];
  const origin = Math.log(right);
  for (let k = left + 1; k <= right; k++) {
    const [w, x] = [k ** -b, Math.log(k) - origin];
    weight += w;
    first += w * x;
    second += w * x * x;
  }
  const mean = first / weight;
  const single = right - left === 1;
  return { mean: origin + mean, deviation: single ? 0 : Math.sqrt(second / weight - mean ** 2) };
}

/** Below so many terms a sum is taken term by term. */
const SHORT = 100;

/** s ↦ Σ_{left<k≤right} k^−s. */
function powerSum(left: number, right: number): (s: number) => number {
  return (s) => {
    if (right - left > SHORT) return hurwitzZeta(s, left + 1) - hurwitzZeta(s, right + 1);
    let sum = 0;
    for (let k = left + 1; k <= right; k++) sum += k ** -s;
    return sum;
  };
}

/** @throws InvalidParameterError unless they are modes, as {@link createModes} makes them. */
export function checkModes(modes: Modes): Modes {
  const { eigenvalue, multiplicity, noiseWeight, start } = record("modes", modes);
  for (const [name, values] of Object.entries({ eigenvalue, multiplicity, noiseWeight, start })) {
    floats(`modes.${name}`, values);
  }
  return modes;
}

/** Σ q_k, the loss above the floor. */
export function excess(q: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < q.length; k++) sum += q[k];
  return sum;
}
