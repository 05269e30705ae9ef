import { finite, nonNegative, positive, record } from "../../core/check";
import { criticalTemperature } from "../../models/spherical-sk/critical-temperature";
import { outlierOf } from "../../models/spherical-sk/outlier";
import { bulkOf, type SphericalSk } from "../../models/spherical-sk/problem";
import { integrate } from "../../numerics/gauss-legendre";
import type { ScheduleSpec } from "../../schedule";
import { lateDecay } from "../late-decay";

/** What the closed forms of late times need. */
export type LateProblem = Pick<
  SphericalSk,
  "temperature" | "noise" | "signal" | "spectrum" | "size" | "initialOverlap"
> & { readonly schedule: ScheduleSpec | number };

/** Whether the run finds the outlier of a planted signal in the end. */
export const findsSignal = (problem: LateProblem): boolean =>
  outlierOf(problem).gap > 0 && (problem.size !== null || (problem.initialOverlap ?? 0) !== 0);

/**
 * The exponent of excessLoss ~ t^−exponent in the limit t → ∞ (docs/equations.md, S18, S23; learning-rate schedules paper, eqs.
 * (7) and (22), corrected). Without a signal the noise T_eff/2 and the descent 3/(8s) compete: min(β, 1 − β), at T = 0
 * 1 − β; 0 at β = 1, where the decay is logarithmic. Once the signal is found β, at β = 1 at most 2η0κ, Infinity for
 * faster than any power. 0 where excessLoss stays above 0: at a constant rate, where the clock saturates, and in the infinite system from a random
 * start, which never finds the signal. Undefined where the schedule ends at a horizon or is a table.
 */
export function lateExponent(problem: LateProblem): number | undefined {
  const decay = lateDecay(record("problem", problem).schedule);
  const { temperature } = problem;
  if (decay === undefined) return undefined;
  const { amplitude, exponent } = decay;
  const isHot = exponent === 0 && temperature * amplitude >= criticalTemperature(problem);
  const isLost = outlierOf(problem).gap > 0 && !findsSignal(problem);
  if (exponent > 1 || isHot || isLost) return 0;
  const noise = temperature > 0 ? exponent : Infinity;
  if (!findsSignal(problem)) return Math.min(noise, 1 - exponent);
  return Math.min(noise, exponent === 1 ? 2 * amplitude * outlierOf(problem).gap : Infinity);
}

/**
 * t* = [4η0²T/(3(1 − β))]^{1/(2β − 1)}, when the terms T_eff/2 and 3/(8s) of the excess loss are equal: only well beyond it
 * is the late exponent seen (docs/equations.md, S19). Undefined at β = 1/2, where both decay alike and the exponent shows from
 * the start, at T = 0, at β ≥ 1, and once a signal is found.
 */
export function visibleTime(problem: LateProblem): number | undefined {
  const decay = lateDecay(record("problem", problem).schedule);
  if (decay === undefined || problem.temperature === 0 || findsSignal(problem)) return undefined;
  const { amplitude, exponent } = decay;
  if (exponent === 0.5 || exponent >= 1) return undefined;
  return ((4 * amplitude ** 2 * problem.temperature) / (3 * (1 - exponent))) ** (1 / (2 * exponent - 1));
}

/**
 * Excess loss of the system without signal at late times, T_eff/2 + 3/(8s) − T_eff′/(4(Δ_c − T_eff)), with T_eff′ = dT_eff/ds and
 * the critical temperature Δ_c (docs/equations.md, S18; learning-rate schedules paper, eq. (7), which has the first two terms).
 */
export function lateExcessLoss(heat: number, clock: number, heatSlope: number, critical: number): number {
  nonNegative("heat", heat);
  positive("clock", clock);
  finite("heatSlope", heatSlope);
  positive("critical", critical);
  return heat / 2 + 3 / (8 * clock) - heatSlope / (4 * (critical - heat));
}

/**
 * The factor c in excessLoss = c η0T/(2t) at β = 1 with a signal that is found, ∫ρ(μ) 2η0k/(2η0k − 1) dμ, k = λ1 − μ
 * (docs/equations.md, S24; the paper's equation (22) has c = 1). Undefined where 2η0κ ≤ 1.
 */
export function harmonicNoiseFactor(
  problem: Pick<LateProblem, "noise" | "signal" | "spectrum">,
  rate: number,
) {
  const { gap } = outlierOf(problem);
  positive("rate", rate);
  if (2 * rate * gap <= 1) return undefined;
  const bulk = bulkOf(problem);
  const factor = (angle: number) => {
    const x = 2 * rate * (gap + bulk.belowTop(angle));
    return (bulk.angularDensity(angle) * x) / (x - 1);
  };
  return integrate(factor, 0, Math.PI, 64);
}
