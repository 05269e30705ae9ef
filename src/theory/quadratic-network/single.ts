import { between, record } from "../../core/check";
import { checkEscapeSetting, type EscapeSetting } from "./rates";

/** γ and Δ of a single neuron on the sphere. */
export type SingleNeuron = Omit<EscapeSetting, "width">;

/**
 * Coefficients of dm/dt = m (μ − A m²), the limit d → ∞ of a single neuron on the sphere (eq. (7)):
 * A = 4(1 − 6γ), μ = A − 2γΔ.
 * @throws InvalidParameterError
 */
export function singleNeuronRates(neuron: SingleNeuron): {
  readonly growth: number;
  readonly saturation: number;
} {
  const { learningRate, labelNoise } = record("neuron", neuron);
  checkEscapeSetting({ width: 1, learningRate, labelNoise });
  const saturation = 4 * (1 - 6 * learningRate);
  return { growth: saturation - 2 * learningRate * labelNoise, saturation }; // (Q.13)
}

/**
 * Overlap m(t) of a single neuron on the sphere in the limit d → ∞, in closed form:
 * m² = u₀ e/(1 + A u₀ (e − 1)/μ) with u₀ = m₀², e = e^{2μt}.
 *
 * @param start m₀ in [−1, 1]; the sign stays.
 * @throws InvalidParameterError
 */
export function singleNeuronOverlap(neuron: SingleNeuron, start: number, t: number): number {
  const { growth, saturation } = singleNeuronRates(neuron);
  between("start", start, -1, 1);
  if (start === 0) return 0;
  // Divided by e, so that late times do not overflow; −expm1(−x) keeps the digits of small x.
  const decay = Math.exp(-2 * growth * t);
  const ratio = growth === 0 ? 2 * t : -Math.expm1(-2 * growth * t) / growth;
  return start / Math.sqrt(decay + saturation * start * start * ratio); // (Q.14)
}

/**
 * Exit time of a single neuron on the sphere in the limit d → ∞: when the excess risk 2(1 − m²) has fallen by the
 * share T, m² = u_T = T + (1 − T) m₀²:
 * t = ln[u_T (μ − A u₀)/(u₀ (μ − A u_T))]/(2μ); Infinity where it never does (μ ≤ 0, or u_T ≥ μ/A).
 *
 * @param threshold T in [0, 1].
 * @throws InvalidParameterError
 */
export function singleNeuronExitTime(neuron: SingleNeuron, start: number, threshold: number): number {
  const { growth, saturation } = singleNeuronRates(neuron);
  between("start", start, -1, 1);
  between("threshold", threshold, 0, 1);
  const u0 = start * start;
  const uT = threshold + (1 - threshold) * u0;
  if (uT <= u0) return 0;
  if (u0 === 0 || growth <= saturation * uT) return Infinity;
  // Here uT grows past u0 up to a point below μ/A, or without bound for A ≤ 0 < μ, which noise excludes.
  return Math.log((uT * (growth - saturation * u0)) / (u0 * (growth - saturation * uT))) / (2 * growth); // (Q.15)
}
