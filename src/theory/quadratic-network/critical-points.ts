import { between, finite, list, nonNegative, oneOf, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";

/**
 * A point in the population risk of a single neuron, f = (w·x)² on y = (w_*·x)² + √Δ z, in the convention |w_*|² = ρ,
 * x ~ N(0, I): q = |w|², m = w·w_* (Escaping mediocrity, App. H; several constants of its print are corrected, see
 * docs/errata.md).
 */
export interface PopulationRiskPoint {
  readonly overlap: number;
  /** q = |w|². */
  readonly norm: number;
  /** ρ = |w_*|², default 1. */
  readonly targetNorm?: number;
  /** Δ, default 0. */
  readonly labelNoise?: number;
}

/**
 * R = Δ/2 + (3ρ² + 3q² − 4m² − 2ρq)/2 (eq. (63), corrected).
 * @throws InvalidParameterError
 */
export function populationRisk(point: PopulationRiskPoint): number {
  const { overlap, norm, targetNorm = 1, labelNoise = 0 } = record("point", point);
  finite("overlap", overlap);
  nonNegative("norm", norm);
  nonNegative("targetNorm", targetNorm);
  nonNegative("labelNoise", labelNoise);
  const signal = 3 * targetNorm ** 2 + 3 * norm ** 2 - 4 * overlap ** 2 - 2 * targetNorm * norm;
  return (labelNoise + signal) / 2; // (Q.27)
}

/**
 * Gradient of the risk, −2[(ρ − 3q) w + 2m w_*] (eq. (65)).
 * @throws InvalidParameterError if the vectors have different lengths.
 */
export function populationRiskGradient(weights: ArrayLike<number>, target: ArrayLike<number>): Float64Array {
  const { m, q, rho } = products(weights, target);
  return Float64Array.from(weights, (w, i) => -2 * ((rho - 3 * q) * w + 2 * m * target[i])); // (Q.28)
}

/**
 * Hessian of the risk, 2[(3q − ρ) I + 6 w wᵀ − 2 w_* w_*ᵀ] (eq. (66), corrected), row-major.
 * @throws InvalidParameterError if the vectors have different lengths.
 */
export function populationRiskHessian(weights: ArrayLike<number>, target: ArrayLike<number>): Float64Array {
  const { q, rho } = products(weights, target);
  const n = weights.length;
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    const unit = i === j ? 3 * q - rho : 0;
    return 2 * (unit + 6 * weights[i] * weights[j] - 2 * target[i] * target[j]); // (Q.28)
  });
}

/** A critical point of the population risk: its risk and the different eigenvalues of its Hessian, ascending. */
export interface CriticalPoint {
  readonly name: "origin" | "saddle" | "equator" | "minimum";
  readonly overlap: number;
  readonly norm: number;
  readonly risk: number;
  /** With multiplicities as functions of d left out: one entry for each different eigenvalue. */
  readonly eigenvalues: readonly number[];
}

/**
 * Critical points for ρ = 1 (eqs. (68) to (72), corrected). Without constraint: the origin, a maximum (eigenvalue −2
 * d − 1 times); the saddle sphere w ⟂ w_*, q = 1/3 (0 along the sphere); the minima ±w_*. On the sphere |w| = 1: the
 * equator m = 0 and the minima; eigenvalues there are of the Hessian along the sphere.
 * @throws InvalidParameterError if the noise is negative.
 */
export function criticalPoints(constraint: "sphere" | "none", labelNoise = 0): readonly CriticalPoint[] {
  oneOf("constraint", constraint, ["sphere", "none"]);
  const point = (
    name: CriticalPoint["name"],
    overlap: number,
    norm: number,
    eigenvalues: readonly number[],
  ): CriticalPoint => ({
    name,
    overlap,
    norm,
    risk: populationRisk({ overlap, norm, labelNoise }),
    eigenvalues,
  });
  if (constraint === "sphere") {
    return [
      point("equator", 0, 1, sphereHessianEigenvalues(0)),
      point("minimum", 1, 1, sphereHessianEigenvalues(1).slice(1)),
    ];
  }
  return [
    point("origin", 0, 0, [-6, -2]),
    point("saddle", 0, 1 / 3, [-4, 0, 4]),
    point("minimum", 1, 1, [4, 12]),
  ];
}

/**
 * Eigenvalues of the Hessian along the unit sphere at overlap m: 8m² − 4 along the projected target, and 4m² in the
 * d − 2 other directions (eq. (78)). At m = ±1 there is no projected target, and only the second remains.
 * @throws InvalidParameterError unless |m| ≤ 1.
 */
export function sphereHessianEigenvalues(overlap: number): readonly [number, number] {
  between("overlap", overlap, -1, 1);
  return [8 * overlap ** 2 - 4, 4 * overlap ** 2]; // (Q.29)
}

function products(weights: ArrayLike<number>, target: ArrayLike<number>) {
  if (list("weights", weights).length !== list("target", target).length) {
    throw new InvalidParameterError("target.length", target.length, `the ${weights.length} of the weights`);
  }
  let [m, q, rho] = [0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    m += weights[i] * target[i];
    q += weights[i] * weights[i];
    rho += target[i] * target[i];
  }
  return { m, q, rho };
}
