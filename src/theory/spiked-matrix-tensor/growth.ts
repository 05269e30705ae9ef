import { nonNegative } from "../../core/check";
import { type Covariance, checkCovariance } from "../../models/covariance";
import { ergodicityTemperature, plateau } from "../landscape/plateau";
import { powerQuotient } from "./model";
import { type RelaxationKernel, relaxationRate } from "./relaxation";

/** The state without signal that the dynamics at constant temperature reaches from a random start. */
export interface ReachedState {
  /** Plateau q of the correlation; 0 in the paramagnet. */
  readonly plateau: number;
  /** Integrated response (1 − q)/T of the fast relaxation; finite at T = 0. */
  readonly response: number;
}

/**
 * The state without signal that the dynamics reaches: marginal, χ = Q″(q)^(−1/2) at the `plateau` q, below
 * `ergodicityTemperature`; the paramagnet, q = 0 and χ = 1/T, from there on.
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function reachedState(covariance: Covariance, temperature: number): ReachedState {
  nonNegative("temperature", temperature);
  const glassy = temperature < ergodicityTemperature(covariance);
  const q = (glassy && plateau(covariance, temperature)) || 0;
  return { plateau: q, response: q === 0 ? 1 / temperature : 1 / Math.sqrt(covariance.second(q)) };
}

/**
 * Force of the signal per unit overlap times the response to it, Q″(0)·χ, in the `reachedState`: above 1 a small overlap
 * grows, since −z + Q″(0) + ∫(fast memory) = Q″(0) − 1/χ. In the spiked matrix-tensor model χ/Δ2.
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function plateauGain(covariance: Covariance, temperature: number): number {
  checkCovariance(covariance);
  return covariance.second(0) * reachedState(covariance, temperature).response; // (S.18)
}

/**
 * Rate λ, per unit of the clock, at which a small overlap grows in the `reachedState`, m ~ e^(λs). With the fast
 * response R(τ) of that state λ solves ∫ R(τ) e^(−λτ) dτ = 1/Q″(0), because both the response and a small overlap
 * obey −z plus the memory; the slow (aging) part of the memory is too weak to count. T = 0:
 * λ = (1 − Δ2·sqrt(Q″(1)))²/Δ2. T > 0: R by the fluctuation-dissipation relation from the relaxation
 * towards the plateau, solved numerically (relative accuracy about 1e-6). 0 if {@link plateauGain} is at most 1: the
 * overlap does not grow exponentially. The plateau is approached as a power law, so that the rate measured at finite
 * time is larger and comes down slowly. Own derivation; not in d'Ascoli, Refinetti & Biroli.
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function plateauGrowthRate(covariance: Covariance, temperature: number): number {
  const { plateau: q, response } = reachedState(covariance, temperature);
  const r = 1 / (covariance.second(0) * response);
  if (!(r < 1)) return 0;
  if (temperature === 0) return (1 - r) ** 2 / (r * response); // (S.19)
  return relaxationRate(fastKernel(covariance, temperature, q, response), r) / response; // (S.19)
}

/** K(φ) = χ²·[Q′(q + (1−q)φ) − Q′(q)]/(1 − q), in units of time χ; marginal states have K′(0) = 1. */
function fastKernel(
  covariance: Covariance,
  temperature: number,
  q: number,
  response: number,
): RelaxationKernel {
  const square = response * response;
  const width = temperature * response;
  return {
    value: (phi) =>
      covariance.terms.reduce(
        (sum, { p, variance }) => sum + variance * powerQuotient(p - 1, q + width * phi, q),
        0,
      ) *
      square *
      phi,
    slope: (phi) => square * covariance.second(q + width * phi),
  };
}
