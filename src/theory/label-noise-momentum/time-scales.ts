import { between, positive, record } from "../../core/check";
import { checkHeavyBall, type HeavyBall } from "../../models/label-noise-momentum/heavy-ball";

/** Vector UV, as far as its time scales go: width n, P inputs of mean square μ2, label noise ε. */
export interface UvScales {
  readonly n: number;
  readonly samples: number;
  readonly inputVariance: number;
  readonly noise: number;
}

/** κ² = ε²μ2/(Pn): variance of the noise of the force on u and v, a step, equation (LN23). @throws InvalidParameterError */
export function uvForceVariance(scales: UvScales): number {
  const { n, samples, inputVariance, noise } = record("scales", scales);
  for (const [name, value] of Object.entries({ n, samples, inputVariance, noise })) positive(name, value);
  return (noise ** 2 * inputVariance) / (samples * n); // (LN23)
}

/**
 * τ2 = 2(1 − β)²/(η²κ²): steps in which the weights of vector UV decay by e; the radius |u|² + |v|² takes τ2/2, equation (LN25)
 * (Flatter, faster, eq. (9)). @throws InvalidParameterError
 */
export function uvDriftTime(heavyBall: HeavyBall, scales: UvScales): number {
  checkHeavyBall(heavyBall);
  const { learningRate, momentum } = heavyBall;
  return (2 * (1 - momentum) ** 2) / (learningRate ** 2 * uvForceVariance(scales)); // (LN25)
}

/** C = κ^{2/3}, at which τ1 = 2/(1 − β) and τ2 meet, equation (LN26) (Flatter, faster, eq. (10)). @throws InvalidParameterError */
export const uvPrefactor = (scales: UvScales): number => Math.cbrt(uvForceVariance(scales)); // (LN26)

/**
 * C = (2κ²)^{1/3}, at which the radius is critically damped: g = 1/2 in (LN31), equation (LN27).
 * @throws InvalidParameterError
 */
export const uvCriticalPrefactor = (scales: UvScales): number => Math.cbrt(2 * uvForceVariance(scales)); // (LN27)

/** Matrix sensing, as far as its time scales go: ⟨a²⟩ is the mean square of an element of the A_i. */
export interface SensingScales {
  readonly d: number;
  readonly samples: number;
  readonly noise: number;
  /** Default 1. */
  readonly elementVariance?: number;
}

/** C³ = 4ε²⟨a²⟩/(dP), equation (LN29) (Flatter, faster, eq. (131), whose 2 is corrected: see docs/errata.md). @throws InvalidParameterError */
export function sensingPrefactor(scales: SensingScales): number {
  const { d, samples, noise, elementVariance = 1 } = record("scales", scales);
  for (const [name, value] of Object.entries({ d, samples, noise, elementVariance })) positive(name, value);
  return Math.cbrt((4 * noise ** 2 * elementVariance) / (d * samples)); // (LN29)
}

/** τ2 = 2(1 − β)²/(η²C³) with the C of matrix sensing: the estimate behind {@link sensingPrefactor}. @throws InvalidParameterError */
export function sensingDriftTime(heavyBall: HeavyBall, scales: SensingScales): number {
  checkHeavyBall(heavyBall);
  const { learningRate, momentum } = heavyBall;
  return (2 * (1 - momentum) ** 2) / (learningRate ** 2 * sensingPrefactor(scales) ** 3);
}

/**
 * α of the time of convergence T ∝ η^−α with β = 1 − C η^γ: 2(1 − γ) where the drift is slower, up to γ = 2/3, and γ beyond,
 * where the relaxation is, equation (LN28) (Flatter, faster, sec. 3.3 and fig. 1a).
 * @throws InvalidParameterError unless 0 ≤ γ ≤ 1.
 */
export function timescaleExponent(exponent: number): number {
  between("exponent", exponent, 0, 1);
  return Math.max(2 * (1 - exponent), exponent); // (LN28)
}

/**
 * g = κ²η²/(1 − β)³, the one parameter of vector UV at small 1 − β, equation (LN30): 1 where τ1 and τ2 meet.
 * @throws InvalidParameterError
 */
export function uvControl(heavyBall: HeavyBall, scales: UvScales): number {
  checkHeavyBall(heavyBall);
  const { learningRate, momentum } = heavyBall;
  return (uvForceVariance(scales) * learningRate ** 2) / (1 - momentum) ** 3; // (LN30)
}
