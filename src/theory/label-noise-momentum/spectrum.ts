import { nonNegative } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Complex } from "../../core/results";
import { checkHeavyBall, type HeavyBall, requireStable } from "../../models/label-noise-momentum/heavy-ball";

/** One solution of the linearised descent: (π, w) = (μ, 1) q κ^k. */
export interface HeavyBallMode {
  /** Eigenvalue κ of a step. */
  readonly eigenvalue: Complex;
  /** Momentum μ that goes with a weight of 1; undefined at β = 0, where π is no variable of its own. */
  readonly momentum?: Complex;
}

/**
 * The two solutions (+, −) of a mode of curvature λ, equations (LN5) and (LN6): κ² − (1 + β − ηλ)κ + β = 0 and
 * μ = (β − 1 + ηλ ± √(A² − 4β))/(2ηβ), A = 1 + β − ηλ (Flatter, faster, eqs. (8) and (136); the μ below (8) is corrected,
 * see docs/errata.md). Complex where (1 − √β)² < ηλ < (1 + √β)², with |κ| = √β.
 * @throws InvalidParameterError
 */
export function heavyBallModes(
  heavyBall: HeavyBall,
  curvature: number,
): readonly [HeavyBallMode, HeavyBallMode] {
  checkHeavyBall(heavyBall);
  nonNegative("curvature", curvature);
  const { learningRate: eta, momentum: beta } = heavyBall;
  const root = Math.sqrt(beta);
  const x = eta * curvature;
  // A² − 4β as a product, which keeps its digits where it is small; 1 − √β = (1 − β)/(1 + √β).
  const discriminant = (((1 - beta) / (1 + root)) ** 2 - x) * ((1 + root) ** 2 - x);
  const s = Math.sqrt(Math.abs(discriminant));
  const A = 1 + beta - x;
  const momentumOf = (sign: number): Complex | undefined => {
    if (beta === 0) return undefined;
    const [real, imaginary] = discriminant < 0 ? [beta - 1 + x, sign * s] : [beta - 1 + x + sign * s, 0];
    return { real: real / (2 * eta * beta), imaginary: imaginary / (2 * eta * beta) }; // (LN6)
  };
  const mode = (eigenvalue: Complex, sign: number): HeavyBallMode => {
    const momentum = momentumOf(sign);
    return momentum ? { eigenvalue, momentum } : { eigenvalue };
  };
  if (discriminant < 0) {
    return [mode({ real: A / 2, imaginary: s / 2 }, 1), mode({ real: A / 2, imaginary: -s / 2 }, -1)]; // (LN5)
  }
  // The larger root by its formula, the other by κ₊κ₋ = β.
  const larger = A >= 0 ? (A + s) / 2 : (A - s) / 2;
  const smaller = larger === 0 ? 0 : beta / larger;
  const [plus, minus] = A >= 0 ? [larger, smaller] : [smaller, larger];
  return [mode({ real: plus, imaginary: 0 }, 1), mode({ real: minus, imaginary: 0 }, -1)];
}

/** How the linearised descent relaxes to its manifold. */
export interface RelaxationSpectrum {
  /** ρ1: the largest |κ| below 1. */
  readonly slowestModulus: number;
  /** ρ2: the smallest |κ|. */
  readonly fastestModulus: number;
  /** τ1 = −1/ln ρ1, in steps. */
  readonly relaxationTime: number;
}

/**
 * ρ1, ρ2 and τ1 of modes with these curvatures (0: zero modes, whose κ₊ = 1 is motion along the manifold and does not count),
 * exactly, equation (LN8) (Flatter, faster, eqs. (151) and (152)).
 * @throws InvalidParameterError for no curvatures, or ones beyond the bound of stability, named `learningRate`.
 */
export function relaxationSpectrum(heavyBall: HeavyBall, curvatures: ArrayLike<number>): RelaxationSpectrum {
  if (curvatures.length === 0) throw new InvalidParameterError("curvatures", [], "at least one curvature");
  let [slowest, fastest] = [0, 1];
  for (const curvature of Array.from(curvatures)) {
    requireStable(heavyBall, curvature);
    const [plus, minus] = heavyBallModes(heavyBall, curvature);
    for (const { eigenvalue } of curvature === 0 ? [minus] : [plus, minus]) {
      const modulus = Math.hypot(eigenvalue.real, eigenvalue.imaginary);
      slowest = Math.max(slowest, modulus);
      fastest = Math.min(fastest, modulus);
    }
  }
  return {
    slowestModulus: slowest,
    fastestModulus: fastest,
    relaxationTime: slowest === 0 ? 0 : -1 / Math.log(slowest), // (LN8)
  };
}
