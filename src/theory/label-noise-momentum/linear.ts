import { integerAtLeast, nonNegative } from "../../core/check";
import { checkHeavyBall, type HeavyBall } from "../../models/label-noise-momentum/heavy-ball";

/** Covariance of weight and momentum of one mode. */
export interface ModeCovariance {
  /** ⟨w w⟩, ⟨w π⟩, ⟨π π⟩. */
  readonly ww: number;
  readonly wp: number;
  readonly pp: number;
}

const AT_REST: ModeCovariance = { ww: 0, wp: 0, pp: 0 };

/**
 * Covariance of a mode after k steps from a given one (0 when left out): C′ = J C Jᵀ + ε²Λ (1, η)(1, η)ᵀ in the order (π, w),
 * equation (LN9) (Flatter, faster, eqs. (168) to (170)), by repeated squaring.
 * @param variance ε²Λ.
 * @throws InvalidParameterError
 */
export function transientModeCovariance(
  heavyBall: HeavyBall,
  curvature: number,
  variance: number,
  steps: number,
  start: ModeCovariance = AT_REST,
): ModeCovariance {
  checkHeavyBall(heavyBall);
  nonNegative("curvature", curvature);
  nonNegative("variance", variance);
  integerAtLeast("steps", steps, 0);
  const { learningRate: eta, momentum: beta } = heavyBall;
  const [b, l] = [beta, curvature];
  // Rows of the map of (pp, wp, ww, 1): π′ = βπ − λw + noise, w′ = w + ηπ′.
  const momentum = [b * b, -2 * b * l, l * l, variance];
  const crossed = [0, b, -l, 0];
  const map = [
    momentum,
    crossed.map((x, k) => x + eta * momentum[k]),
    [0, 0, 1, 0].map((x, k) => x + 2 * eta * crossed[k] + eta * eta * momentum[k]),
    [0, 0, 0, 1],
  ];
  const [pp, wp, ww] = powerTimes(map, steps, [start.pp, start.wp, start.ww, 1]); // (LN9)
  return { pp, wp, ww };
}

/** Weight of a mode after k noiseless steps from rest at distance 1: (J^k)_ww, equation (LN4). @throws InvalidParameterError */
export function relaxedWeight(heavyBall: HeavyBall, curvature: number, steps: number): number {
  checkHeavyBall(heavyBall);
  nonNegative("curvature", curvature);
  integerAtLeast("steps", steps, 0);
  const { learningRate: eta, momentum: beta } = heavyBall;
  const J = [
    [beta, -curvature],
    [eta * beta, 1 - eta * curvature],
  ];
  return powerTimes(J, steps, [0, 1])[1]; // (LN4)
}

/** M^k v by repeated squaring. */
function powerTimes(M: readonly (readonly number[])[], power: number, v: readonly number[]): number[] {
  let out = [...v];
  let square = M.map((row) => [...row]);
  for (let left = power; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) out = square.map((row) => dot(row, out));
    square = square.map((row) => square.map((_, j) => row.reduce((sum, x, k) => sum + x * square[k][j], 0)));
  }
  return out;
}

const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, a, k) => sum + a * y[k], 0);
