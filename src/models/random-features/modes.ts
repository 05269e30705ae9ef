import { between, integerAtLeast } from "../../core/check";
import { hurwitzZeta } from "../../numerics/hurwitz-zeta";
import { checkFeatures, type PowerLawFeatures } from "./problem";

/**
 * The trained modes of a student, each with q = λ E(w − w*)². A bin of neighbouring modes is one mode with the same sums
 * over λ, λ² and q(0).
 */
export interface Modes {
  /** λ_k. */
  readonly eigenvalue: Float64Array;
  /** n_k, the number of modes that k stands for. */
  readonly multiplicity: Float64Array;
  /** n_k λ_k², the weight of mode k in the noise of SGD; in a bin the sum over its modes. */
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
  /** Ratio of the ends of a bin. Default 1.05: relative error below 1e-5 of an excess loss. */
  readonly ratio?: number;
}

const EXACT = 2000;
const KEPT = 64;
const RATIO = 1.05;

/**
 * Modes of the student that trains the first N features (RF.1), with the tail Σ_{k>N} k^−a in the floor. More than
 * `exact` features are put into bins (RF.3): about 250 stand for 10⁷.
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
export function untrainedTail({ targetExponent: a, features, modes }: PowerLawFeatures): number {
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

/** Bins (l, r] after the first `kept` modes: λ = S1/n, nλ² = S2, q(0) = Σ k^−a (RF.3). */
function binnedModes(
  { targetExponent: a, spectrumExponent: b, features }: PowerLawFeatures,
  floor: number,
  kept: number,
  ratio: number,
): Modes {
  const eigenvalue: number[] = [];
  const multiplicity: number[] = [];
  const noiseWeight: number[] = [];
  const start: number[] = [];
  for (let left = 0; left < features; ) {
    const right = left < kept ? left + 1 : Math.min(features, Math.max(left + 1, Math.round(left * ratio)));
    const sum = powerSum(left, right);
    eigenvalue.push(sum(b) / (right - left));
    multiplicity.push(right - left);
    noiseWeight.push(sum(2 * b));
    start.push(sum(a));
    left = right;
  }
  return {
    eigenvalue: Float64Array.from(eigenvalue),
    multiplicity: Float64Array.from(multiplicity),
    noiseWeight: Float64Array.from(noiseWeight),
    start: Float64Array.from(start),
    floor,
  };
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

/** Σ q_k, the loss above the floor. */
export function excess(q: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < q.length; k++) sum += q[k];
  return sum;
}
