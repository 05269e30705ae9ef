import { between, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { type Covariance, createCovariance } from "../../models/covariance";

/** Spiked matrix-tensor model: a signal seen through a noisy matrix and a noisy tensor of order p. */
export interface SpikedModel {
  /** Order of the tensor, an integer of at least 3: with p = 2 it would be a second matrix. */
  readonly p: number;
  /** Noise Δ2 of the matrix. */
  readonly matrixNoise: number;
  /** Noise Δp of the tensor. */
  readonly tensorNoise: number;
}

const LARGEST_P = 1000;
/** Between this and its inverse, squares and roots of the noises do not overflow. */
const LEAST_NOISE = 1e-99;

/**
 * Covariance polynomial Q(q) = q²/(2Δ2) + q^p/(pΔp) of the spiked matrix-tensor model (d'Ascoli, Refinetti &
 * Biroli, eq. 10 and App. D; the prefactor of D.4 corrected, see docs/errata.md). The loss of the signal is −N·Q(m).
 *
 * @throws InvalidParameterError unless p is an integer from 3 to 1000 and both noises are from 1e-99 to 1e99.
 */
export function spikedCovariance(model: SpikedModel): Covariance {
  const { p, matrixNoise, tensorNoise } = record("model", model);
  checkTensorOrder(p);
  between("matrixNoise", matrixNoise, LEAST_NOISE, 1 / LEAST_NOISE);
  between("tensorNoise", tensorNoise, LEAST_NOISE, 1 / LEAST_NOISE);
  return createCovariance([
    { p: 2, variance: 1 / matrixNoise },
    { p, variance: 1 / tensorNoise },
  ]);
}

/** @throws InvalidParameterError unless p is an integer from 3 to 1000. */
export function checkTensorOrder(p: number): void {
  if (!Number.isInteger(p) || p < 3 || p > LARGEST_P) {
    throw new InvalidParameterError("p", p, `an integer from 3 to ${LARGEST_P}`);
  }
}

/** Q′(x)/x = Σ variance·x^(p−2), regular at x = 0: the force of the signal on an overlap x, per unit overlap. */
export function forcePerOverlap(covariance: Covariance, x: number): number {
  return covariance.terms.reduce((sum, { p, variance }) => sum + variance * x ** (p - 2), 0);
}

/** (Q_k(1) − Q_k(q))/(1 − q) of each channel, without cancellation at q = 1. */
export function channelSlopes(covariance: Covariance, q: number): readonly number[] {
  return covariance.terms.map(({ p, variance }) => (variance / p) * powerQuotient(p, 1, q));
}

/** (a^n − b^n)/(a − b) = Σ a^j b^(n−1−j), also at a = b. */
export function powerQuotient(n: number, a: number, b: number): number {
  let sum = 0;
  let power = 1;
  for (let j = 0; j < n; j++) {
    sum = sum * a + power;
    power *= b;
  }
  return sum;
}
