import { nonNegative, positive, record } from "../../core/check";
import { findRoot } from "../../numerics/roots";
import { checkTensorOrder } from "./model";

/** Parameters of the easy line: everything but the matrix noise. */
export interface EasyLineInput {
  readonly p: number;
  /** Noise Δp of the tensor. */
  readonly tensorNoise: number;
  readonly temperature: number;
}

/**
 * All matrix noises Δ2 at which the force of the signal balances a marginal plateau, ascending: 1/Δ2 = sqrt(Q″(q)) =
 * T/(1−q), so that q = 1 − T·Δ2 and
 *
 *     Δp = (p−1)·Δ2²·(1 − T·Δ2)^(p−2)/(1 − Δ2),   0 < Δ2 < min(1, 1/T).
 *
 * T = 1: eq. (D.20) of d'Ascoli, Refinetti & Biroli, Δ2 = sqrt(Δp/((p−1)(1−Δ2)^(p−3))); T = 0: p − 1 = Δp(1−Δ2)/Δ2²;
 * general T by the same argument. The smallest root bounds the easy region that contains Δ2 → 0. T < 1 has one or
 * three roots, T ≥ 1 none or two (p = 3 at T = 1: none or one). At T ≥ 1 the overlap may also stop growing at
 * Δ2 = 1/T, where the plateau is at q = 0; that line is no root. Whether a point is easy depends on the plateau that is
 * really reached, see `langevinPhase`.
 *
 * @throws InvalidParameterError unless p is an integer from 3 to 1000, tensorNoise above 0, the temperature at least 0.
 */
export function langevinEasyMatrixNoise(input: EasyLineInput): readonly number[] {
  const { p, tensorNoise, temperature } = record("input", input);
  checkTensorOrder(p);
  positive("tensorNoise", tensorNoise);
  nonNegative("temperature", temperature);
  const excess = (noise: number) => logTensorNoise(p, temperature, noise) - Math.log(tensorNoise);
  // Between its turning points the line is monotone: one root at most, and none is missed.
  const edges = [0, ...turningPoints(p, temperature), Math.min(1, 1 / temperature)];
  return edges.slice(1).flatMap((high, k) => {
    const low = edges[k];
    const [fLow, fHigh] = [excess(low), excess(high)];
    if (fLow === 0 || fLow > 0 === fHigh > 0) return [];
    const root = findRoot(excess, low, high, { tolerance: 1e-15 });
    return root < edges[edges.length - 1] ? [root] : [];
  });
}

/** ln Δp on the line at matrix noise Δ2. */
function logTensorNoise(p: number, temperature: number, noise: number): number {
  const prefactor = Math.log(p - 1) + 2 * Math.log(noise);
  // At T = 1 one factor 1 − Δ2 cancels.
  if (temperature === 1) return prefactor + (p === 3 ? 0 : (p - 3) * Math.log1p(-noise));
  // At T < 1 the first logarithm is finite at Δ2 = 1, at T > 1 the second is at Δ2 = 1/T.
  return prefactor + (p - 2) * Math.log(Math.max(0, 1 - temperature * noise)) - Math.log1p(-noise); // (S.17)
}

/** Zeros of d ln Δp/dΔ2 inside the interval: (p−1)TΔ2² − (1 + pT)Δ2 + 2 = 0. */
function turningPoints(p: number, temperature: number): readonly number[] {
  const end = Math.min(1, 1 / temperature);
  const linear = 1 + p * temperature;
  const discriminant = linear * linear - 8 * (p - 1) * temperature;
  if (discriminant <= 0) return [];
  const larger = linear + Math.sqrt(discriminant);
  const zeros = [4 / larger, larger / (2 * (p - 1) * temperature)];
  return zeros.filter((noise) => noise < end);
}
