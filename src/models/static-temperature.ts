import { brentMinimum } from "../numerics/minimum";
import type { Covariance } from "./covariance";

const CELLS = 512;
/** Below this q the series of −ln(1 − q) − q. */
const SMALL = 0.02;

/**
 * The static temperature T_s: above it the replica-symmetric paramagnet is the equilibrium state and the annealed average of the
 * partition function is exact. T_s² = max over q of Q(q)/(−ln(1 − q) − q) (M. Talagrand, Free energy of the spherical mean field
 * model, 2006); p = 2: 1, p = 3: 0.478512. Infinity with a random field (p = 1), where it never is.
 */
export function staticTemperature(covariance: Covariance): number {
  if (covariance.first(0) > 0) return Infinity;
  const square = (q: number) => covariance.value(q) / entropy(q);
  let best = 1;
  for (let k = 2; k < CELLS; k++) if (square(k / CELLS) > square(best / CELLS)) best = k;
  const { value } = brentMinimum((q) => -square(q), (best - 1) / CELLS, (best + 1) / CELLS);
  // Towards q = 0 the ratio is Q″(0).
  return Math.sqrt(Math.max(covariance.second(0), -value));
}

/** −ln(1 − q) − q = Σ q^n/n from n = 2. */
function entropy(q: number): number {
  if (q > SMALL) return -Math.log1p(-q) - q;
  let sum = 0;
  for (let n = 12; n >= 2; n--) sum = sum * q + 1 / n;
  return sum * q * q;
}
