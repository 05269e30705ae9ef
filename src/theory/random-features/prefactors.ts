import { positive } from "../../core/check";
import { checkExponents } from "../../models/random-features/problem";
import { gamma } from "../../numerics/gamma";
import { hurwitzZeta } from "../../numerics/hurwitz-zeta";
import type { PowerLawExponents } from "./exponents";

/** What prefactors depend on: T steps at batch m with the least loss s2 = σ² + untrained tail. */
export interface TrainingSetting extends PowerLawExponents {
  /** T. */
  readonly horizon: number;
  /** m. */
  readonly batchSize: number;
  /** s2 > 0. */
  readonly floor: number;
}

/** An optimal run at T → ∞. */
export interface AsymptoticOptimum {
  /** τ* = ∫η. */
  readonly clock: number;
  /** L* − s2. */
  readonly excessLoss: number;
  /** η(0). */
  readonly peakRate: number;
  /** Steps of the annealing; T in the easy phase. */
  readonly annealingWindow: number;
}

/** f of F − s2 ≈ f τ^{−(a−1)/b} (RF.18). @throws InvalidParameterError */
export function biasPrefactor(exponents: PowerLawExponents): number {
  checkExponents(exponents);
  const { targetExponent: a, spectrumExponent: b } = exponents;
  const s = (a - 1) / b;
  return (gamma(s) / b) * 2 ** -s;
}

/** κ of K ≈ κ τ^{−(2−1/b)} (RF.18). @throws InvalidParameterError */
export function kernelPrefactor(exponents: PowerLawExponents): number {
  checkExponents(exponents);
  const { spectrumExponent: b } = exponents;
  const s = 2 - 1 / b;
  return (gamma(s) / b) * 2 ** -s;
}

/**
 * The optimum in the easy phase at large T (RF.18): (2bτ/T)(1 − t/T)^{2b−1}.
 * @throws InvalidParameterError
 */
export function easyOptimum(setting: TrainingSetting): AsymptoticOptimum {
  const { targetExponent: a, spectrumExponent: b, horizon, batchSize, floor } = checked(setting);
  const f = biasPrefactor(setting);
  const kernel = kernelPrefactor(setting);
  const clock = ((f * (a - 1) * batchSize * horizon) / (4 * b * b * floor * kernel)) ** (b / a); // RF.18
  return {
    clock,
    excessLoss: a * f * clock ** (-(a - 1) / b), // RF.18
    peakRate: (2 * b * clock) / horizon,
    annealingWindow: horizon,
  };
}

/**
 * The optimum in the hard phase at large T (RF.18): the rate `cap` up to the window, then cap ((T − t)/window)^{2b−1}.
 * @throws InvalidParameterError
 */
export function hardOptimum(setting: TrainingSetting, cap: number): AsymptoticOptimum {
  const { targetExponent: a, spectrumExponent: b, horizon, batchSize, floor } = checked(setting);
  positive("cap", cap);
  const f = biasPrefactor(setting);
  const full = cap * horizon;
  const drift = ((f * (a - 1)) / b) * full ** (-(a + b - 1) / b);
  const edge = (drift / ((floor / batchSize) * cap * kernelPrefactor(setting))) ** (-b / (2 * b - 1)); // RF.18
  return {
    clock: full,
    excessLoss: f * full ** (-(a - 1) / b),
    peakRate: cap,
    annealingWindow: (2 * b * edge) / cap,
  };
}

/**
 * The best constant rate at large T (RF.19): f (a−1)/b η^{−(a−1)/b−1} T^{−(a−1)/b} = s2 Σλ/(2m).
 * @throws InvalidParameterError
 */
export function constantOptimum(setting: TrainingSetting): { rate: number; excessLoss: number } {
  const { targetExponent: a, spectrumExponent: b, horizon, batchSize, floor } = checked(setting);
  const s = (a - 1) / b;
  const f = biasPrefactor(setting);
  const noise = (floor * hurwitzZeta(b, 1)) / (2 * batchSize);
  const rate = ((f * s * horizon ** -s) / noise) ** (1 / (s + 1)); // RF.19
  return { rate, excessLoss: f * (rate * horizon) ** -s + noise * rate };
}

function checked(setting: TrainingSetting): TrainingSetting {
  checkExponents(setting);
  positive("horizon", setting.horizon);
  positive("batchSize", setting.batchSize);
  positive("floor", setting.floor);
  return setting;
}
