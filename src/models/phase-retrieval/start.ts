import { gradientFactor, type PhaseRetrieval, RECOVERY_LOSS, temperatureAt } from "./problem";

/** One-time quantities at t = 0 for N → ∞, and two-time ones at (0, 0) or, where they are responses, (0⁺, 0). */
export interface StartValues {
  readonly overlap: number;
  readonly norm: number;
  readonly trainingLoss: number;
  readonly meanSquaredError: number;
  readonly meanAbsoluteError: number;
  readonly multiplier: number;
  readonly curvature: number;
  readonly drive: number;
  /** 1 for a start at the signal, else 0. */
  readonly recoveredFraction: number;
  readonly correlation: number;
  /** Of the kick itself: 1. */
  readonly response: number;
  readonly noiseKernel: number;
  readonly responseKernel: number;
}

/**
 * The Gaussian moments of (h, h0) at the start, with variances q and 1 and covariance m0, where q = 1 on the sphere and
 * 1 + m0² with ridge, for the cost (h² − h0²)²/4 (P.10).
 */
export function startValues(problem: PhaseRetrieval): StartValues {
  const { sampleRatio, batchFraction, initialOverlap: m, constraint } = problem;
  const q = constraint === "sphere" ? 1 : 1 + m * m;
  const c = gradientFactor(problem);
  const forces = sampleRatio * batchFraction * c;
  const products = forces * c;
  const square = m * m;
  const trainingLoss = (3 * q * q - 2 * (q + 2 * square) + 3) / 4;
  return {
    overlap: m,
    norm: q,
    trainingLoss,
    meanSquaredError: modulusError(m, q),
    meanAbsoluteError: absoluteModulusError(m, q),
    multiplier: temperatureAt(problem, 0) - forces * (3 * q * q - q - 2 * square),
    curvature: forces * (3 * q - 1),
    drive: forces * 3 * m * (q - 1),
    recoveredFraction: trainingLoss < RECOVERY_LOSS ? 1 : 0,
    correlation: q,
    response: 1,
    noiseKernel: products * (15 * q ** 3 - 2 * (3 * q * q + 12 * q * square) + 3 * q + 12 * square),
    responseKernel: products * (27 * q * q - 6 * (q + 2 * square) + 3),
  };
}

/**
 * E ||h| − |h0|| of the same: √(2/π) (√(q + q0 − 2m) + √(q + q0 + 2m) − √q − √q0) (P.8), since ||x| − |z|| is
 * |x − z| + |x + z| − |x| − |z|.
 */
export function absoluteModulusError(m: number, q: number, q0 = 1): number {
  const apart = Math.sqrt(Math.max(0, q + q0 - 2 * m)) + Math.sqrt(Math.max(0, q + q0 + 2 * m));
  return Math.max(0, Math.sqrt(2 / Math.PI) * (apart - Math.sqrt(q) - Math.sqrt(q0)));
}

/**
 * E (|h| − |h0|)² of Gaussian h and h0 with variances q and q0 and covariance m:
 * q + q0 − (4/π)(s + m arctan(m/s)), s = √(q q0 − m²) (P.8) (eq. (B.8)).
 */
export function modulusError(m: number, q: number, q0 = 1): number {
  const s = Math.sqrt(Math.max(0, q * q0 - m * m));
  return q + q0 - (4 / Math.PI) * (s + m * Math.atan2(m, s));
}
