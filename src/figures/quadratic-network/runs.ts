import { trigammaOfHalf } from "../../numerics/digamma";
import {
  annealedExitTime,
  type EscapeSetting,
  type ExitSetting,
  escapeRate,
} from "../../theory/quadratic-network";

/** With fewer runs the standard error is itself unknown by more than a fifth. */
const LEAST = 12;

/**
 * Standard deviation of the exit time from random starts: √ψ′(p/2)/(2ω_m). Start and noise of SGD together give the
 * overlaps a squared length that is χ²_p distributed, up to a factor; the exit time is minus its logarithm over 2ω_m,
 * and ψ′(p/2) is the variance of ln χ²_p. Infinity without escape.
 */
export function exitSpread(setting: EscapeSetting): number {
  const rate = escapeRate(setting);
  return rate > 0 ? Math.sqrt(trigammaOfHalf(setting.width)) / (2 * rate) : Infinity;
}

/**
 * Number of runs for a mean exit time of a stated precision, from {@link exitSpread} and the annealed formula, both
 * known before any run; at least 12, which is also the number where there is no formula.
 */
export function runsFor(setting: ExitSetting, precision: number): number {
  const mean = annealedExitTime(setting) ?? Infinity;
  return mean === Infinity
    ? LEAST
    : Math.max(LEAST, Math.ceil((exitSpread(setting) / (precision * mean)) ** 2));
}

/**
 * Time after the annealed formula at which a run that has not left is given up: 1 + 6 spreads, by which less than one
 * run in a thousand of a single neuron is lost.
 */
export function patience(setting: EscapeSetting): number {
  return 1 + 6 * exitSpread(setting);
}

/** The rule of {@link runsFor} in print. */
export function runsNote(precision: number): string {
  return (
    `Numbers of runs are fixed before any run, for a standard error of ${100 * precision} % of the mean exit time: the mean by the annealed ` +
    `formula, the spread √ψ′(p/2)/(2ω_m), which is that of −ln χ²_p/(2ω_m); at least ${LEAST}. All points have their own seeds and are independent.`
  );
}
