import { integerAtLeast, nonNegative, positive } from "../../core/check";
import { curvatureOf } from "../../models/label-noise-momentum/curvature";
import { checkHeavyBall, type HeavyBall, requireStable } from "../../models/label-noise-momentum/heavy-ball";
import {
  invertOperator,
  type OperatorKind,
  operatorBracket,
} from "../../models/label-noise-momentum/operators";

/** Covariance of one mode of weight and momentum. */
export interface ModeCovariance {
  /** ⟨w w⟩, ⟨w π⟩, ⟨π π⟩. */
  readonly ww: number;
  readonly wp: number;
  readonly pp: number;
}

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

const START: ModeCovariance = { ww: 0, wp: 0, pp: 0 };

/**
 * Covariance of a mode after k steps from a given one (0 when left out): C′ = J C Jᵀ + ε²Λ (1, η)(1, η)ᵀ in the order (π, w),
 * equation (LN9) (Flatter, faster, eqs. (168) to (170)).
 * @throws InvalidParameterError
 */
export function transientModeCovariance(
  heavyBall: HeavyBall,
  curvature: number,
  variance: number,
  steps: number,
  start: ModeCovariance = START,
): ModeCovariance {
  checkHeavyBall(heavyBall);
  nonNegative("curvature", curvature);
  nonNegative("variance", variance);
  integerAtLeast("steps", steps, 0);
  let now = start;
  for (let k = 0; k < steps; k++) now = nextModeCovariance(heavyBall, curvature, variance, now);
  return now;
}

/** One step of (LN9); nothing is checked. */
export function nextModeCovariance(
  { learningRate: eta, momentum: beta }: HeavyBall,
  curvature: number,
  variance: number,
  { ww, wp, pp }: ModeCovariance,
): ModeCovariance {
  const momentum = beta * beta * pp - 2 * beta * curvature * wp + curvature * curvature * ww + variance;
  const mixed = beta * wp - curvature * ww;
  return { pp: momentum, wp: mixed + eta * momentum, ww: ww + 2 * eta * mixed + eta * eta * momentum };
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
  const size = curvatures.length;
  const { learningRate: eta, momentum: beta } = heavyBall;
  const bracket = operatorBracket("exact", heavyBall);
  return Float64Array.from({ length: size * size }, (_, k) => {
    const [a, b] = [curvatures[Math.floor(k / size)], curvatures[k % size]];
    requireStable(heavyBall, Math.max(a, b));
    const variance = noise ** 2 * noiseCovariance[k];
    return variance === 0 ? 0 : ((eta / (1 - beta)) * variance) / bracket(a, b); // (LN12)
  });
}
