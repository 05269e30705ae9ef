import { excessRisk, maxOverlap } from "./layout";

/**
 * When a network has left its plateau: "risk", when the excess risk is down to (1 − T) of its first value (eq. (9));
 * "maxOverlap", when the largest |m_j| reaches T.
 */
export interface ExitRule {
  readonly on: "risk" | "maxOverlap";
  /** T: above 0 and at most 1. */
  readonly threshold: number;
}

/** An exit rule as a quantity that has to fall to a level. */
export interface ExitGauge {
  /** The excess risk, or minus the largest overlap, of packed order parameters. */
  measure(y: ArrayLike<number>): number;
  /** Where it has to come for a start at y. */
  level(y: ArrayLike<number>): number;
}

export function exitGauge(width: number, { on, threshold }: ExitRule): ExitGauge {
  if (on === "maxOverlap") return { measure: (y) => -maxOverlap(y, width), level: () => -threshold };
  const measure = (y: ArrayLike<number>) => excessRisk(y, width);
  return { measure, level: (y) => (1 - threshold) * measure(y) };
}
