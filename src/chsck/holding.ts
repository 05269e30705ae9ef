import type { Covariance } from "../models/covariance";

/** max_q √Q″(q)(1 − q), the temperature below which the landscape holds the state (S.6), on a table of q: to 10⁻³. */
export function holdingTemperature(covariance: Covariance): number {
  let holding = 0;
  for (let q = 0; q < 1; q += 1 / 64) holding = Math.max(holding, Math.sqrt(covariance.second(q)) * (1 - q));
  return holding;
}
