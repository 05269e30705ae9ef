import { finite, positive, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";

/**
 * Heavy-ball descent: π′ = β π − ∇L(w) + ε σ(w) ξ, w′ = w + η π′, equation (LN1) (Cowsik, Can & Glorioso, Flatter, faster,
 * eq. (1)). Times are step indices.
 */
export interface HeavyBall {
  /** η, above 0. */
  readonly learningRate: number;
  /** β, from 0 to below 1. */
  readonly momentum: number;
}

/** β itself, or by the scaling law β = 1 − C η^γ, equation (LN2). */
export type MomentumSpec = number | { readonly prefactor: number; readonly exponent: number };

/** @throws InvalidParameterError named `learningRate` or `momentum`. */
export function checkHeavyBall(heavyBall: HeavyBall): void {
  const { learningRate, momentum } = record("heavyBall", heavyBall);
  positive("learningRate", learningRate);
  if (typeof momentum === "number" && momentum >= 0 && momentum < 1) return;
  throw new InvalidParameterError("momentum", momentum, "a number of at least 0 and below 1");
}

/**
 * β = 1 − C η^γ, or β where it is given itself.
 * @throws InvalidParameterError where that is outside [0, 1).
 */
export function momentumOf(spec: MomentumSpec, learningRate: number): number {
  positive("learningRate", learningRate);
  if (typeof spec === "number") {
    checkHeavyBall({ learningRate, momentum: spec });
    return spec;
  }
  positive("momentum.prefactor", spec.prefactor);
  finite("momentum.exponent", spec.exponent);
  const momentum = 1 - spec.prefactor * learningRate ** spec.exponent; // (LN2)
  if (momentum >= 0 && momentum < 1) return momentum;
  const allowed = `a prefactor C of at most η^−γ, ${learningRate ** -spec.exponent}, so that β = 1 − C η^γ is in [0, 1)`;
  throw new InvalidParameterError("momentum", spec, allowed);
}

/** The least ηλ at which a mode of curvature λ is not stable any more: 2(1 + β), equation (LN7). */
export function stabilityLimit(momentum: number): number {
  checkHeavyBall({ learningRate: 1, momentum });
  return 2 * (1 + momentum);
}

/**
 * @param curvature the largest curvature the descent meets at its start.
 * @throws InvalidParameterError named `learningRate`, with the bound, unless ηλ < 2(1 + β).
 */
export function requireStable({ learningRate, momentum }: HeavyBall, curvature: number): void {
  if (!(learningRate * curvature >= stabilityLimit(momentum))) return;
  const bound = stabilityLimit(momentum) / curvature;
  throw new InvalidParameterError(
    "learningRate",
    learningRate,
    `below 2(1 + β)/λ = ${Number(bound.toPrecision(6))}, where the largest curvature λ = ${Number(curvature.toPrecision(6))} is stable`,
  );
}
