import { list, nonNegative, positive } from "../../core/check";
import { curvatureOf } from "../../models/label-noise-momentum/curvature";
import { checkHeavyBall, type HeavyBall, requireStable } from "../../models/label-noise-momentum/heavy-ball";
import {
  invertOperator,
  type OperatorKind,
  operatorBracket,
} from "../../models/label-noise-momentum/operators";
import type { ModeCovariance } from "./linear";

/**
 * Stationary covariance of a mode of curvature λ > 0 under noise of variance ε²Λ, equation (LN10), D = 2(1 + β) − ηλ:
 * ⟨ww⟩ = ηε²Λ(1 + β)/((1 − β)λD), ⟨wπ⟩ = ηε²Λ/((1 − β)D), ⟨ππ⟩ = 2ε²Λ/((1 − β)D) (Flatter, faster, eq. (171), where the factor
 * 1 + β of the first is missing: see docs/errata.md).
 * @param variance ε²Λ.
 * @throws InvalidParameterError
 */
export function stationaryModeCovariance(
  heavyBall: HeavyBall,
  curvature: number,
  variance: number,
): ModeCovariance {
  checkHeavyBall(heavyBall);
  positive("curvature", curvature);
  nonNegative("variance", variance);
  requireStable(heavyBall, curvature);
  const { learningRate: eta, momentum: beta } = heavyBall;
  const shared = variance / ((1 - beta) * (2 * (1 + beta) - eta * curvature));
  return { ww: (eta * shared * (1 + beta)) / curvature, wp: eta * shared, pp: 2 * shared }; // (LN10)
}

/** ⟨w_{k+1} w_k⟩ = (1 + β − ηλ)/(1 + β) ⟨ww⟩ in the stationary state, equation (LN11). @throws InvalidParameterError */
export function lagOneCovariance(heavyBall: HeavyBall, curvature: number, variance: number): number {
  const { ww } = stationaryModeCovariance(heavyBall, curvature, variance);
  const { learningRate: eta, momentum: beta } = heavyBall;
  return ((1 + beta - eta * curvature) / (1 + beta)) * ww; // (LN11)
}

/**
 * Stationary ⟨w wᵀ⟩ for any Hessian and noise covariance, equation (LN12): (ηε²/(1 − β)) L⁻¹ Σ, L the exact operator (LN15) at
 * any stable η and β, or its leading order. A pair of zero modes has none, and 0 stands
 * for it; {@link stationaryModesCovariance} tells where it diverges.
 * @param hessian, @param noiseCovariance Σ: symmetric, row-major size × size.
 * @throws InvalidParameterError
 */
export function stationaryCovariance(
  heavyBall: HeavyBall,
  hessian: ArrayLike<number>,
  noiseCovariance: ArrayLike<number>,
  size: number,
  { noise = 1, operator = "exact" }: { readonly noise?: number; readonly operator?: OperatorKind } = {},
): Float64Array {
  const curvature = curvatureOf(hessian, size);
  requireStable(heavyBall, curvature.values[size - 1]);
  const inverse = invertOperator(curvature, operatorBracket(operator, heavyBall), noiseCovariance);
  const { learningRate: eta, momentum: beta } = heavyBall;
  return inverse.map((x) => ((eta * noise ** 2) / (1 - beta)) * x); // (LN12)
}

/** The same for modes: curvatures and Σ in their basis; ±Infinity for noisy pairs of zero modes. @throws InvalidParameterError */
export function stationaryModesCovariance(
  heavyBall: HeavyBall,
  curvatures: ArrayLike<number>,
  noiseCovariance: ArrayLike<number>,
  noise: number,
): Float64Array {
  const size = list("curvatures", curvatures).length;
  list("noiseCovariance", noiseCovariance);
  const { learningRate: eta, momentum: beta } = heavyBall;
  const bracket = operatorBracket("exact", heavyBall);
  return Float64Array.from({ length: size * size }, (_, k) => {
    const [a, b] = [curvatures[Math.floor(k / size)], curvatures[k % size]];
    requireStable(heavyBall, Math.max(a, b));
    const variance = noise ** 2 * noiseCovariance[k];
    return variance === 0 ? 0 : ((eta / (1 - beta)) * variance) / bracket(a, b); // (LN12)
  });
}
