import { checkEscapeSetting, type EscapeSetting } from "./rates";

/** A network off the sphere that has learned its norms, but no direction: m = 0, Q = q I. */
export interface NormPlateau {
  /** q = |w_j|²/d. */
  readonly norm: number;
  /** R − Δ/2. */
  readonly excessRisk: number;
  /** Growth rate of small overlaps. */
  readonly escapeRate: number;
}

/**
 * Where the norms settle before there is any overlap (norm learning, App. B; d → ∞, second layer fixed at 1). The paper names the
 * plateau, but gives no formula; this is the lower root of ∂Q_jj = 0 at m = 0, Q = q I. `undefined` where there is none: the
 * learning rate is so high that the norms grow without end.
 * @throws InvalidParameterError
 */
export function normPlateau(setting: EscapeSetting): NormPlateau | undefined {
  checkEscapeSetting(setting);
  const { width: p, learningRate, labelNoise } = setting;
  const share = learningRate / p;
  // g (p+4)/(p+2) x² − (1 + 2g) x + 1 + (3 + Δ) g = 0 for x = q (p+2)/p, by the form of the root that stays finite as g → 0.
  const [square, slope, constant] = [
    (share * (p + 4)) / (p + 2),
    1 + 2 * share,
    1 + share * (3 + labelNoise),
  ];
  const discriminant = slope ** 2 - 4 * square * constant;
  if (discriminant < 0) return undefined;
  const x = (2 * constant) / (slope + Math.sqrt(discriminant)); // (Q.30)
  const norm = (x * p) / (p + 2);
  return { norm, excessRisk: 1.5 - norm * (1 - x / 2), escapeRate: 2 * (3 - x) }; // (Q.31)
}
