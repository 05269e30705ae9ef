import { integerAtLeast, nonNegative, positive, record } from "../../core/check";

/**
 * What the closed forms of escape depend on: width p, learning rate γ and label noise Δ of a network on the sphere
 * with second layer a = 1 (Escaping mediocrity, App. E). Times are t = νγ/(p d).
 */
export interface EscapeSetting {
  readonly width: number;
  readonly learningRate: number;
  readonly labelNoise: number;
}

/** @throws InvalidParameterError, named like `learningRate`. */
export function checkEscapeSetting(setting: EscapeSetting): void {
  const { width, learningRate, labelNoise } = record("setting", setting);
  integerAtLeast("width", width, 1);
  positive("learningRate", learningRate);
  nonNegative("labelNoise", labelNoise);
}

/**
 * Growth rate ω_m of the overlaps at the plateau m = 0, Q = I: 4 [1 − (γ/p)(1 + 1/p + 4/p² + Δ/2)], eq. (38).
 * Not above 0: the network does not escape.
 * @throws InvalidParameterError
 */
export function escapeRate(setting: EscapeSetting): number {
  checkEscapeSetting(setting);
  const { width: p, learningRate, labelNoise } = setting;
  return 4 * (1 - (learningRate / p) * (1 + 1 / p + 4 / p ** 2 + labelNoise / 2)); // (Q.16)
}

/**
 * Decay rate ω_Q of the off-diagonal Q_jl at the plateau: (8/p)(1 − 8γ/p²), eq. (39). At p = 1 there are none, and
 * it is the value of the formula.
 * @throws InvalidParameterError
 */
export function correlationRate(setting: EscapeSetting): number {
  checkEscapeSetting(setting);
  const { width: p, learningRate } = setting;
  return (8 / p) * (1 - (8 * learningRate) / p ** 2); // (Q.17)
}

/**
 * Learning rate of the fastest escape in steps, γ_opt = p³/(8 + 2p + (2 + Δ)p²), where ω_m = 2 (App. E.4). It says
 * nothing about convergence afterwards.
 * @throws InvalidParameterError
 */
export function optimalLearningRate(width: number, labelNoise: number): number {
  integerAtLeast("width", width, 1);
  nonNegative("labelNoise", labelNoise);
  return width ** 3 / (8 + 2 * width + (2 + labelNoise) * width ** 2); // (Q.18)
}

/**
 * How many times fewer steps an infinitely wide network needs to escape than a single neuron, both at their
 * optimal rate: (12 + Δ)/(2 + Δ) (App. E.4).
 * @throws InvalidParameterError
 */
export function overparametrisationGain(labelNoise: number): number {
  nonNegative("labelNoise", labelNoise);
  return (12 + labelNoise) / (2 + labelNoise); // (Q.19)
}

/** Variance of 2 𝓔 λ_j λ_* at the plateau: 40 − 24/p + 32/p² + 4Δ. */
export function plateauNoise({ width: p, labelNoise }: EscapeSetting): number {
  return 40 - 24 / p + 32 / p ** 2 + 4 * labelNoise;
}

/**
 * Share s of the noise of SGD in the growing mode: it adds s/d to the variance 1/d of a random m_j, because noise
 * and random start are of the same order; s = (γ/p) Var[2𝓔λ_jλ_*]/(2ω_m), 1 at γ_opt for p = 1. Infinite where
 * nothing grows. Not in the paper, which neglects it (see docs/errata.md).
 * @throws InvalidParameterError
 */
export function noiseShare(setting: EscapeSetting): number {
  const rate = escapeRate(setting);
  if (rate <= 0) return Infinity;
  return ((setting.learningRate / setting.width) * plateauNoise(setting)) / (2 * rate); // (Q.22)
}
