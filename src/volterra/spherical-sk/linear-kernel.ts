import { createModes } from "../../models/spherical-sk/modes";
import { bulkOf, type SphericalSk } from "../../models/spherical-sk/problem";
import { scaledBesselI } from "../../numerics/bessel";
import { findRoot } from "../../numerics/roots";

/** Moments of the spectrum in the clock, with the growth e^{2rs} taken off. */
export interface LinearKernel {
  /** r, the growth rate of √Γ that is taken off: λ1, or where it is hotter the z at which the hottest T_eff equilibrates. */
  readonly reference: number;
  /** K(s) = ∫ρ(μ) e^{−2(r − μ)s} dμ. */
  kernel(clock: number): number;
  /** ∫ρ(μ) (λ1 − μ) e^{−2(r − μ)s} dμ. */
  below(clock: number): number;
}

/**
 * Closed forms for the semicircle, K = e^{−2rs} I₁(4Δs)/(2Δs) (docs/equations.md, S15), sums over modes for other spectra.
 * @param hottest the largest T_eff
 */
export function linearKernel(problem: SphericalSk, clock: number, hottest: number): LinearKernel {
  const { top } = bulkOf(problem);
  const { below, weight } = createModes(problem, clock, 1);
  const resolvent = (excess: number) => weight.reduce((sum, w, i) => sum + w / (below[i] + excess), 0);
  const isHot = hottest > 0 && resolvent(0) * hottest > 1;
  const excess = isHot ? findRoot((x) => hottest * resolvent(x) - 1, 0, hottest) : 0;
  const shift = (s: number) => Math.exp(-2 * excess * s);
  if (problem.spectrum !== "semicircle") {
    const sum = (s: number, power: (distance: number) => number) =>
      shift(s) * weight.reduce((total, w, i) => total + w * power(below[i]) * Math.exp(-2 * below[i] * s), 0);
    return {
      reference: top + excess,
      kernel: (s) => sum(s, () => 1),
      below: (s) => sum(s, (distance) => distance),
    };
  }
  const delta = problem.noise;
  const kernel = (s: number) => (s === 0 ? 1 : scaledBesselI(1, 4 * delta * s) / (2 * delta * s));
  const mean = (s: number) => (s === 0 ? 0 : scaledBesselI(2, 4 * delta * s) / s);
  return {
    reference: top + excess,
    kernel: (s) => shift(s) * kernel(s),
    below: (s) => shift(s) * (top * kernel(s) - mean(s)),
  };
}
