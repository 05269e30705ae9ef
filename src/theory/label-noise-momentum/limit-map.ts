import { Matrix, solve } from "ml-matrix";
import {
  alongManifold,
  type Curvature,
  matrixFromModes,
  matrixToModes,
  pseudoInverse,
  tangentProjector,
} from "../../models/label-noise-momentum/curvature";
import { checkHeavyBall, type HeavyBall, requireStable } from "../../models/label-noise-momentum/heavy-ball";
import type { Loss } from "../../models/label-noise-momentum/loss";
import { manifoldCurvature } from "../../models/label-noise-momentum/manifold";

/**
 * First derivatives of the limit map Φ(π, w) at (0, w) on the manifold, exact at any stable η and β, equation (LN17):
 * ∂Φ/∂w = P_L and ∂Φ/∂π = (ηβ/(1 − β)) P_L (Flatter, faster, eq. (48), to leading order there). Row-major size × size.
 * @throws InvalidParameterError for a w off the manifold, or a learning rate beyond stability.
 */
export function limitMapFirst(
  loss: Loss,
  heavyBall: HeavyBall,
  w: Float64Array,
): { readonly weights: Float64Array; readonly momentum: Float64Array } {
  const weights = tangentProjector(curvatureAt(loss, heavyBall, w));
  const factor = momentumFactor(heavyBall);
  return { weights, momentum: weights.map((x) => factor * x) }; // (LN17)
}

/** ηβ/(1 − β): how far a momentum carries along the manifold. */
const momentumFactor = ({ learningRate, momentum }: HeavyBall) => (learningRate * momentum) / (1 - momentum);

/** η/(1 − β) = ηβ/(1 − β) + η: the factor of P_L σ dW, equation (LN18). @throws InvalidParameterError */
export function noiseCoefficient(heavyBall: HeavyBall): number {
  checkHeavyBall(heavyBall);
  return heavyBall.learningRate / (1 - heavyBall.momentum); // (LN18)
}

/**
 * Second derivative of the limit map, ∂²Φ[S] = Σ_ab ∂_a∂_b Φ S_ab, for any symmetric S of phase space in the order (π, w), exact
 * at any stable η and β, equation (LN19). From Φ∘M = Φ for a step M, whose second derivative is −(1, η) D²g:
 *
 *     ∂²Φ[S] = −H^† D²g[Z] − (η/(1 − β)) P_L D²g[X] ,   X = J X Jᵀ + S
 *
 * with Z the covariance of the slow coordinate w + (ηβ/(1 − β))π of the zero modes and X the weights' part of the stationary
 * covariance under noise S, of all pairs of modes but zero with zero. The paper has its leading order (lemma C.4, corrected).
 * @param S row-major 2 size × 2 size.
 * @throws InvalidParameterError
 */
export function limitMapSecond(
  loss: Loss,
  heavyBall: HeavyBall,
  w: Float64Array,
  S: Float64Array,
): Float64Array {
  const curvature = curvatureAt(loss, heavyBall, w);
  const { size } = curvature;
  const block = (row: number, column: number) =>
    matrixToModes(
      curvature,
      Float64Array.from({ length: size * size }, (_, k) => {
        const [i, j] = [row * size + Math.floor(k / size), column * size + (k % size)];
        return S[i * 2 * size + j];
      }),
    );
  const blocks = [block(0, 0), block(0, 1), block(1, 0), block(1, 1)];
  const slow = new Float64Array(size * size);
  const stationary = new Float64Array(size * size);
  const factor = momentumFactor(heavyBall);
  const zeros = size - curvature.rank;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const k = i * size + j;
      const s = blocks.map((one) => one[k]);
      if (i < zeros && j < zeros) slow[k] = factor * (factor * s[0] + s[1] + s[2]) + s[3];
      else stationary[k] = stationaryPair(heavyBall, curvature.values[i], curvature.values[j], s);
    }
  }
  const D2g = (modes: Float64Array) => {
    const out = new Float64Array(size);
    loss.third(w, matrixFromModes(curvature, modes), out);
    return out;
  };
  const normal = pseudoInverse(curvature, D2g(slow));
  const along = alongManifold(curvature, D2g(stationary));
  const rate = noiseCoefficient(heavyBall);
  return normal.map((x, i) => -x - rate * along[i]); // (LN19)
}

/** ⟨w_i w_j⟩ of X = J_i X J_jᵀ + S for two modes; S and X as (ππ, πw, wπ, ww). */
function stationaryPair(
  { learningRate: eta, momentum: beta }: HeavyBall,
  a: number,
  b: number,
  S: readonly number[],
): number {
  const J = (curvature: number) => [
    [beta, -curvature],
    [eta * beta, 1 - eta * curvature],
  ];
  const [first, second] = [J(a), J(b)];
  const system = Matrix.eye(4);
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      const change = first[row >> 1][column >> 1] * second[row & 1][column & 1];
      system.set(row, column, system.get(row, column) - change);
    }
  }
  return solve(system, Matrix.columnVector([...S])).get(3, 0);
}

function curvatureAt(loss: Loss, heavyBall: HeavyBall, w: Float64Array): Curvature {
  checkHeavyBall(heavyBall);
  const curvature = manifoldCurvature(loss, w);
  requireStable(heavyBall, curvature.values[curvature.size - 1]);
  return curvature;
}
