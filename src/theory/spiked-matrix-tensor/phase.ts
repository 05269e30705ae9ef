import { equilibrium } from "./equilibrium";
import { plateauGain } from "./growth";
import { type SpikedModel, spikedCovariance } from "./model";

/** What Langevin dynamics at constant temperature makes of the signal, from a random start. */
export type LangevinPhase = "easy" | "hard" | "impossible";

/**
 * Phase of a point of the spiked matrix-tensor model at temperature T (the Langevin easy, hard and impossible phases of
 * d'Ascoli, Refinetti & Biroli, App. D.1, at T = 1; here at any T, with T = 0 for gradient flow):
 * - "impossible": the `equilibrium` has no overlap with the signal;
 * - "easy": it has, and a small overlap grows in the state that a random start reaches (`plateauGain` above 1);
 * - "hard": it has, but the dynamics stays at the threshold (or in the paramagnet) without overlap.
 *
 * For p = 3 and at T ≥ 1 this is exact; for p ≥ 4 and T < 1 `equilibrium` is exact to one step of replica-symmetry breaking, and
 * close to Δ2 = 1 a signal of small overlap may be missed.
 *
 * At T ≠ 1 "impossible" speaks of the Gibbs state at that T, not of inference with the best estimator.
 *
 * @throws InvalidParameterError for parameters outside their range (see `spikedCovariance`) or a negative temperature.
 */
export function langevinPhase(model: SpikedModel, temperature: number): LangevinPhase {
  const covariance = spikedCovariance(model);
  if (equilibrium(covariance, temperature).overlap === 0) return "impossible";
  return plateauGain(covariance, temperature) > 1 ? "easy" : "hard"; // (S.21)
}
