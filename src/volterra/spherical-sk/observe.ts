import type { Modes } from "../../models/spherical-sk/modes";
import { outlierOf } from "../../models/spherical-sk/outlier";
import type { SphericalSk } from "../../models/spherical-sk/problem";
import type { Observed } from "./quantities";
import type { SpectralPath } from "./spectral-path";
import { momentsOf, type SpectralState } from "./spectral-step";

/** T_eff = Tη(t); without temperature there is none, not even where the rate is singular. */
export const heatOf = ({ temperature, schedule }: SphericalSk, t: number): number =>
  temperature === 0 ? 0 : temperature * schedule.rate(t);

/** What the quantities at a time t follow from, of a path in the clock. */
export function observe(problem: SphericalSk, path: SpectralPath, t: number): Observed {
  const { modes } = path;
  const state = path.at(t);
  const logExcess = path.logExcess(state);
  const { outlier, weight, overlap, below, topEigenvalue } = modes;
  const topOverlap = outlier < 0 ? 0 : weight[outlier] * state.y[outlier];
  const random = Math.sqrt(topOverlap * outlierOf(problem).signalOverlapSquared);
  let sum = 0;
  if (overlap) {
    // m = Σ m0-share e^{μs}/√Γ (S13).
    for (let i = 0; i < overlap.length; i++) {
      sum += overlap[i] * Math.exp(-logExcess / 2 - below[i] * state.clock);
    }
  }
  return {
    heat: heatOf(problem, t),
    below: momentsOf(modes, state.y).below,
    logGamma: logExcess + 2 * topEigenvalue * state.clock,
    overlap: overlap ? sum : random,
    topOverlap,
  };
}

/** C(t, t′) and R(t, t′) for t ≥ t′ of the states at the two times (S7, S8). */
export function twoTimeOf(modes: Modes, late: SpectralState, early: SpectralState) {
  const { weight, share, below } = modes;
  const elapsed = late.clock - early.clock;
  const rise = -(late.logExcess - early.logExcess) / 2;
  let correlation = 0;
  let response = 0;
  for (let i = 0; i < weight.length; i++) {
    const factor = Math.exp(rise - below[i] * elapsed);
    correlation += weight[i] * factor * early.y[i];
    response += share[i] * factor;
  }
  return { correlation, response };
}
