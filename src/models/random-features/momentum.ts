import { floats, nonNegative, oneOf, positive, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";

/**
 * Momentum in the general form (RF.24): y′ = (1 − Δ)y + g, w′ = w − g2 g − g3 y′, with the gradient g and y(0) = 0.
 * "heavy-ball": g2 = 0, g3 = η; "nesterov": g2 = η, g3 = βη; Δ = 1 − β, β = `momentum`. "dana" (adapted to the time):
 * g2 = η, g3 = ratio·η (1 + t)^−exponent, Δ = min(1, damping/(damping + t)); its exponent is 1/b for null.
 */
export type MomentumSpec =
  | { readonly kind: "heavy-ball" | "nesterov"; readonly momentum: number }
  | {
      readonly kind: "dana";
      readonly ratio: number;
      readonly damping: number;
      readonly exponent?: number | null;
    };

/** The coefficients of (RF.24) at every step; plain SGD where g3 = 0. */
export interface MomentumSteps {
  /** g2. */
  readonly direct: Float64Array;
  /** g3. */
  readonly accumulated: Float64Array;
  /** Δ, from 0 to 1. */
  readonly damping: Float64Array;
}

/**
 * The coefficients of every step from the rates of the schedule.
 * @throws InvalidParameterError, named like `momentum.momentum`
 */
export function momentumSteps(
  spec: MomentumSpec,
  rate: Float64Array,
  spectrumExponent: number,
): MomentumSteps {
  oneOf("momentum.kind", record("momentum", spec).kind, ["heavy-ball", "nesterov", "dana"]);
  floats("rate", rate);
  if (spec.kind === "dana") {
    const ratio = nonNegative("momentum.ratio", spec.ratio);
    const damping = positive("momentum.damping", spec.damping);
    const exponent = nonNegative("momentum.exponent", spec.exponent ?? 1 / spectrumExponent);
    return {
      direct: rate,
      accumulated: rate.map((eta, t) => ratio * eta * (1 + t) ** -exponent),
      damping: rate.map((_, t) => Math.min(1, damping / (damping + t))),
    };
  }
  const beta = spec.momentum;
  if (!(typeof beta === "number" && beta >= 0 && beta < 1)) {
    throw new InvalidParameterError("momentum.momentum", beta, "a number of at least 0 and below 1");
  }
  const damping = new Float64Array(rate.length).fill(1 - beta);
  return spec.kind === "heavy-ball"
    ? { direct: new Float64Array(rate.length), accumulated: rate, damping }
    : { direct: rate, accumulated: rate.map((eta) => beta * eta), damping };
}
