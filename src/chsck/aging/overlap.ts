import type { Covariance } from "../../models/covariance";
import { plantingOf } from "../../models/planted-start";
import type { TwoTimeProblem } from "../problem";

/** Of the overlap at the start: far below it ln m gives way to m, which rounding leaves nothing of and which may pass through 0. */
const FLOOR = 1e-8;

/**
 * The overlap m with the signal, or with the start in equilibrium, as the unknown w = ln(ε/2) + arsinh(|m|/ε): ln|m| while m is found,
 * which then is as smooth as the rest; m itself once it has decayed to ε, 10⁻⁸ of what it was at the start.
 */
export interface OverlapScale {
  /** m at w, with the sign that it began with. */
  value(w: number): number;
  /** dm/dw: m itself far above ε. */
  slope(w: number): number;
  /** w at |m|. */
  of(size: number): number;
}

export function overlapScale(start: number): OverlapScale {
  if (start === 0) return { value: () => 0, slope: () => 1, of: () => 0 };
  const least = FLOOR * Math.abs(start);
  const offset = Math.log(least / 2);
  const sign = Math.sign(start);
  return {
    value: (w) => sign * least * Math.sinh(w - offset),
    slope: (w) => sign * least * Math.cosh(w - offset),
    of: (size) => offset + Math.asinh(size / least),
  };
}

/** Of a problem without a signal and with a random start: 0 everywhere. */
export const overlapScaleOf = (problem: TwoTimeProblem): OverlapScale =>
  overlapScale(plantingOf(problem)?.overlap ?? 0);

/** What the signal, or the start in equilibrium, makes of the loss of a channel where the overlap is m. */
export const plantedLoss = (problem: TwoTimeProblem, channel: Covariance, overlap: number): number =>
  -(plantingOf(problem)?.strength ?? 0) * channel.value(overlap);

/** Whether a signal is looked for, and found in a time that is short against the search. */
export const escapes = ({ initialOverlap = 0 }: TwoTimeProblem): boolean => initialOverlap !== 0;
