import { nonNegative, positive } from "../../core/check";
import { scaledBesselI } from "../../numerics/bessel";

/**
 * The multiplier at T = 0 without a signal, z(s) = 2Δ I₂(4Δs)/I₁(4Δs); the loss is −z/2 (docs/equations.md, S25).
 * @param clock s, @param noise Δ
 */
export function zeroTemperatureMultiplier(clock: number, noise = 1): number {
  nonNegative("clock", clock);
  positive("noise", noise);
  if (clock === 0) return 0;
  const x = 4 * noise * clock;
  return (2 * noise * scaledBesselI(2, x)) / scaledBesselI(1, x);
}
