import { integerAtLeast, nonNegative, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";

/**
 * Linear regression on Gaussian features with power-law spectra (Bordelon and Mori, arXiv:2602.04774): teacher
 * y = w*·ψ + σz, ψ_k ~ N(0, λ_k) independent, λ_k = k^−b, λ_k w*_k² = k^−a, k = 1 … modes. The student trains the first
 * `features` modes from w = 0.
 */
export interface PowerLawFeatures {
  /** a > 1. */
  readonly targetExponent: number;
  /** b > 1. */
  readonly spectrumExponent: number;
  /** N, the number of trained modes. */
  readonly features: number;
  /** M ≥ N; null for infinitely many. */
  readonly modes: number | null;
  /** Variance σ² of the label noise. */
  readonly labelNoise: number;
}

/** @throws InvalidParameterError, named like `targetExponent`. */
export function checkExponents(problem: Pick<PowerLawFeatures, "targetExponent" | "spectrumExponent">): void {
  const { targetExponent, spectrumExponent } = record("problem", problem);
  exponentAboveOne("targetExponent", targetExponent, "the target has infinite variance otherwise");
  exponentAboveOne("spectrumExponent", spectrumExponent, "the features have infinite variance otherwise");
}

/** @throws InvalidParameterError, named like `features`. */
export function checkFeatures(problem: PowerLawFeatures): void {
  checkExponents(problem);
  integerAtLeast("features", problem.features, 1);
  if (problem.modes !== null) integerAtLeast("modes", problem.modes, problem.features);
  nonNegative("labelNoise", problem.labelNoise);
}

function exponentAboveOne(name: string, value: number, why: string): void {
  if (typeof value === "number" && value > 1 && value < Infinity) return;
  throw new InvalidParameterError(name, value, `a number above 1: ${why}`);
}
