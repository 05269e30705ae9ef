import { outlierOf } from "./outlier";
import type { SphericalSk } from "./problem";

/**
 * The T_eff above which the spins are spread over all modes, 1/∫ρ(μ)/(λ1 − μ) dμ (docs/equations.md, S9): Δ for the
 * semicircle, 1 where an outlier stands out of it, Δ(1 + √ratio) for Marchenko and Pastur. The paper's T < 1 means η0T < 1.
 */
export function criticalTemperature(problem: Pick<SphericalSk, "noise" | "signal" | "spectrum">): number {
  if (outlierOf(problem).gap > 0) return 1;
  const { noise, spectrum } = problem;
  return spectrum === "semicircle" ? noise : noise * (1 + Math.sqrt(spectrum.ratio));
}
