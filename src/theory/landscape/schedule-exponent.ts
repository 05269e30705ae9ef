import { list, nonNegative, positive, record } from "../../core/check";
import type { Covariance } from "../../models/covariance";

/** Exponent of the relaxation of the loss to the threshold at zero temperature, in the clock, for p ≥ 3. */
const RELAXATION = 2 / 3;

/**
 * Exponent γ of the relaxation of the loss in the clock at T = 0: 2/3 for a pure p of at least 3; 1 for p = 2, whose Hessian has a square-root edge
 * and no rough landscape. `undefined` for a mixture and for a random field (p = 1),
 * for which none is known.
 */
export function relaxationExponent(covariance: Pick<Covariance, "terms">): number | undefined {
  const terms = list("covariance.terms", record("covariance", covariance).terms);
  if (terms.length > 1 || terms[0].p === 1) return undefined;
  return terms[0].p === 2 ? 1 : RELAXATION;
}

/** What {@link lossExponent} depends on. */
export interface LossExponentInput {
  /** Temperature T; only whether it is 0 matters. */
  readonly temperature: number;
  /** Exponent β of the schedule η0·t^−β; 0 for a constant rate. */
  readonly exponent: number;
  /** Exponent γ of the relaxation in the clock at T = 0, default 2/3 (pure p ≥ 3), see {@link relaxationExponent}. */
  readonly gamma?: number;
}

/**
 * Exponent of the late decay of the loss to the threshold at T = 0, loss − threshold ~ t^−exponent, under
 * η ~ t^−β: the clock runs as t^(1−β), so that relaxation gives γ(1−β), and the temperature T·η leaves an excess
 * T·η/2, so that min(β, γ(1−β)) for T > 0 and γ(1−β) for T = 0 (d'Ascoli, Refinetti & Biroli, Sec. 2 and
 * App. C). At β = 1 the decay is slower than any power: 0. For β > 1 the clock stops at a finite value and
 * there is no exponent: `undefined`.
 *
 * @throws InvalidParameterError if temperature or exponent is negative, or gamma is not above 0.
 */
export function lossExponent(input: LossExponentInput): number | undefined {
  const { temperature, exponent, gamma = RELAXATION } = record("input", input);
  nonNegative("temperature", temperature);
  nonNegative("exponent", exponent);
  positive("gamma", gamma);
  if (exponent > 1) return undefined;
  const relaxation = gamma * (1 - exponent);
  return temperature === 0 ? relaxation : Math.min(exponent, relaxation); // (S.7)
}

/**
 * Exponent β of the schedule that makes the loss decay fastest at T > 0: β = γ(1−β), that is γ/(1+γ); 2/5 for
 * γ = 2/3, 1/2 for γ = 1 (p = 2). `gamma` may be a measured exponent.
 *
 * @throws InvalidParameterError if gamma is not above 0.
 */
export function optimalExponent(gamma = RELAXATION): number {
  positive("gamma", gamma);
  return gamma / (1 + gamma); // (S.7)
}
