import { nonNegative } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { type Covariance, checkCovariance } from "../../models/covariance";
import { findRoot } from "../../numerics/roots";

/** Cells of the scan for local maxima on [0, 1]. */
const CELLS = 1024;

/**
 * Plateau q of the correlation at the threshold: the largest root of the marginality condition
 * Q″(q)(1−q)² = T² (d'Ascoli, Refinetti & Biroli, App. C and D). T = 0 gives 1; `undefined` where there is no
 * root, above {@link dynamicTemperature}, and with a random field (p = 1), for which none is known here. Pure p = 2: q = 1 − T.
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function plateau(covariance: Covariance, temperature: number): number | undefined {
  nonNegative("temperature", temperature);
  if (hasField(covariance)) return undefined;
  if (temperature === 0) return 1;
  // To the right of the last maximum that reaches T the condition is crossed once, downwards.
  const start = marginalMaxima(covariance).findLast((q) => marginalTemperature(covariance, q) >= temperature);
  if (start === undefined) return undefined;
  return findRoot((q) => marginalTemperature(covariance, q) - temperature, start, 1, { tolerance: 1e-15 }); // (S.1)
}

/**
 * Highest temperature at which a marginal plateau exists: T_d = max over q in [0, 1) of sqrt(Q″(q))·(1−q).
 * Pure p: (2/p)·sqrt((p−1)((p−2)/p)^(p−2)), at q = (p−2)/p. With a p = 2 channel the maximum may sit at q = 0;
 * then T_d = sqrt(Q″(0)) and the plateau vanishes continuously. Otherwise T_d lies above
 * {@link ergodicityTemperature}, and between the two the marginal state exists but is not reached.
 *
 * @throws InvalidParameterError with a random field (p = 1).
 */
export function dynamicTemperature(covariance: Covariance): number {
  withoutField(covariance);
  return Math.max(...marginalMaxima(covariance).map((q) => marginalTemperature(covariance, q))); // (S.6)
}

/**
 * Temperature of the dynamical transition: above it a random start reaches equilibrium, below it ages. It is the
 * maximum over q of sqrt(Q′(q)(1−q)/q), where the equilibrium correlation first has a plateau; there the marginal
 * plateau has fluctuation-dissipation ratio 1. Pure p ≥ 3: sqrt((p−2)^(p−2)/(p−1)^(p−1)), at q = (p−2)/(p−1)
 * (Crisanti, Horner & Sommers 1993). Continuous transition: sqrt(Q″(0)), the same as {@link dynamicTemperature}.
 *
 * @throws InvalidParameterError with a random field (p = 1).
 */
export function ergodicityTemperature(covariance: Covariance): number {
  withoutField(covariance);
  const { first, second } = covariance;
  const temperature = (q: number) => Math.sqrt(q === 0 ? second(0) : (first(q) * (1 - q)) / q); // (S.6)
  const maxima = localMaxima((q) => second(q) * q * (1 - q) - first(q));
  return Math.max(...maxima.map(temperature));
}

/** Whether there is a linear term, a random field: its aging has no closed form here. */
export const hasField = (covariance: Covariance): boolean => covariance.first(0) > 0;

/** @throws InvalidParameterError with a random field. */
export function withoutField(covariance: Covariance): void {
  checkCovariance(covariance);
  if (!hasField(covariance)) return;
  throw new InvalidParameterError(
    "covariance",
    covariance.label,
    "a polynomial without a random field (p = 1)",
  );
}

/** The temperature at which q solves the marginality condition. */
function marginalTemperature(covariance: Covariance, q: number): number {
  return Math.sqrt(covariance.second(q)) * (1 - q);
}

function marginalMaxima(covariance: Covariance): number[] {
  return localMaxima((q) => covariance.third(q) * (1 - q) - 2 * covariance.second(q));
}

/** Where the slope turns from positive to negative on [0, 1], ascending; q = 0 is always a candidate. */
function localMaxima(slope: (q: number) => number): number[] {
  const maxima = [0];
  for (let cell = 0; cell < CELLS; cell++) {
    const low = cell / CELLS;
    const high = (cell + 1) / CELLS;
    if (slope(low) > 0 && slope(high) <= 0) maxima.push(findRoot(slope, low, high, { tolerance: 1e-15 }));
  }
  return maxima;
}
