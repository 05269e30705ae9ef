import { nonNegative } from "../../core/check";
import type { Covariance } from "../../models/covariance";
import { type OneStepState, oneStepState, stationaryStep } from "./one-step";
import { allCrossings } from "./roots";

/** Cells of the scan in q: the function is smooth, and each value costs a root of its own. */
const CELLS = 256;

/**
 * Equilibrium without signal: the paramagnet or the glass in the one-step scheme (Crisanti & Sommers, Z. Phys. B 87,
 * 341 (1992), for any Q),
 *
 *     −2·free energy = (Q(1) − Q(q))/T + a·Q(q) + ln(1 + a·q/χ)/a + T·ln(T·χ),   χ = (1 − q)/T,  a = x/T,
 *
 * stationary in a and q. Of the valid solutions (x ≤ 1) and the paramagnet q = 0 the one of highest free energy. T is an
 * explicit function of q, so that all solutions are found. Exact where the glass has one step (every Q of p = 2
 * and 3); otherwise a bound from below on the free energy, at T = 0 close under `groundStateLoss`.
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function glassState(covariance: Covariance, temperature: number): OneStepState {
  nonNegative("temperature", temperature);
  const state = (q: number) => oneStepState(covariance, temperature, stationaryStep(covariance, 0, q), 0);
  if (temperature === 0) return state(1);
  // In 1 − q, which is what stays accurate at low temperature.
  const excess = (gap: number) => gap / stationaryStep(covariance, 0, 1 - gap).response - temperature;
  const glasses = allCrossings(excess, 0, 1, CELLS)
    .filter(({ x }) => x < 1)
    .map(({ x }) => state(1 - x))
    .filter(({ breakpoint }) => breakpoint <= 1);
  return glasses.reduce(
    (best, glass) => (glass.freeEnergy > best.freeEnergy ? glass : best),
    paramagnet(covariance, temperature),
  );
}

function paramagnet(covariance: Covariance, temperature: number): OneStepState {
  const step = { lowest: 0, q: 0, response: 1 / temperature, ratio: 0 };
  return { ...oneStepState(covariance, temperature, step, 0), breakpoint: 1 };
}
