import { list, nonNegative } from "../../core/check";
import type { Complex } from "../../core/results";
import { checkHeavyBall, type HeavyBall, requireStable } from "../../models/label-noise-momentum/heavy-ball";

/** One solution of the linearised descent: (π, w) = (μ, 1) q κ^k. */
export interface HeavyBallMode {
  /** Eigenvalue κ of a step. */
  readonly eigenvalue: Complex;
  /** −ln |κ|, which keeps its digits where κ is near 1; Infinity for κ = 0. */
  readonly decay: number;
  /** Momentum μ that goes with a weight of 1; undefined for κ = 0 at β = 0, where π is no variable of its own. */
  readonly momentum?: Complex;
}

/**
 * The two solutions (+, −) of a mode of curvature λ, equations (LN5) and (LN6): κ² − (1 + β − ηλ)κ + β = 0 and
 * μ = (β − 1 + ηλ ± √(A² − 4β))/(2ηβ) = −λ/(κ − β), A = 1 + β − ηλ (Flatter, faster, eqs. (8) and (136); the μ below (8) is corrected,
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
  const q = beta - 1 + x;
  if (discriminant < 0) {
    const decay = -0.5 * Math.log(beta);
    const mode = (sign: number): HeavyBallMode => ({
      eigenvalue: { real: A / 2, imaginary: (sign * s) / 2 }, // (LN5)
      decay,
      momentum: { real: q / (2 * eta * beta), imaginary: (sign * s) / (2 * eta * beta) }, // (LN6)
    });
    return [mode(1), mode(-1)];
  }
  // The larger root by its formula, the other by κ₊κ₋ = β.
  const larger = A >= 0 ? (A + s) / 2 : (A - s) / 2;
  const smaller = larger === 0 ? 0 : beta / larger;
  const [plus, minus] = A >= 0 ? [larger, smaller] : [smaller, larger];
  // 1 − κ₊ and μ as quotients where their formulas cancel: (1 − κ₊)(1 − κ₋) = ηλ, μ₊μ₋ = λ/(ηβ).
  const gap = (2 * x) / (1 - beta + x + s);
  const momentumOf = (sign: number): Partial<HeavyBallMode> => {
    const sum = q + sign * s;
    if (sign * q < 0) return { momentum: realNumber((2 * curvature) / (q - sign * s)) };
    return beta === 0 ? {} : { momentum: realNumber(sum / (2 * eta * beta)) }; // (LN6)
  };
  return [
    {
      eigenvalue: realNumber(plus),
      decay: plus > 0.5 ? -Math.log1p(-gap) : -Math.log(Math.abs(plus)),
      ...momentumOf(1),
    },
    { eigenvalue: realNumber(minus), decay: -Math.log(Math.abs(minus)), ...momentumOf(-1) },
  ];
}

const realNumber = (real: number): Complex => ({ real, imaginary: 0 });

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
  checkHeavyBall(heavyBall);
  list("curvatures", curvatures);
  let [slowest, fastest, decay] = [0, 1, Infinity];
  for (const curvature of Array.from(curvatures)) {
    requireStable(heavyBall, curvature);
    const [plus, minus] = heavyBallModes(heavyBall, curvature);
    for (const mode of curvature === 0 ? [minus] : [plus, minus]) {
      const modulus = Math.hypot(mode.eigenvalue.real, mode.eigenvalue.imaginary);
      slowest = Math.max(slowest, modulus);
      fastest = Math.min(fastest, modulus);
      decay = Math.min(decay, mode.decay);
    }
  }
  return { slowestModulus: slowest, fastestModulus: fastest, relaxationTime: 1 / decay }; // (LN8)
}
