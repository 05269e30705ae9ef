import { list } from "../../core/check";
import { type Curvature, checkCurvature, matrixFromModes, matrixToModes } from "./curvature";
import { checkHeavyBall, type HeavyBall } from "./heavy-ball";

/**
 * The linear operator that turns the noise of a transverse Ornstein-Uhlenbeck process into its stationary covariance,
 * ⟨w wᵀ⟩ = (η ε²/(1 − β)) L⁻¹ Σ, diagonal in the eigenbasis of H: (L S)_ij = bracket(λ_i, λ_j) S_ij.
 */
export type Bracket = (a: number, b: number) => number;

/** "exact": at any stable η and β; "leading": the operator L̃_H of the paper, its limit for small η. */
export type OperatorKind = "exact" | "leading";

/**
 * - leading: λ_i + λ_j + (η/2h²)(λ_i − λ_j)², L̃_H S = {H,S} + (η/2h²)[[S,H],H], equation (LN14) (Flatter, faster, definition
 *   3.3; its inverse (55) is corrected, see docs/errata.md);
 * - exact: λ_i + λ_j − ηλ_iλ_j/(1 + β) + (βη/((1 + β)h²))(λ_i − λ_j)², equation (LN15).
 * @throws InvalidParameterError
 */
export function operatorBracket(kind: OperatorKind, heavyBall: HeavyBall): Bracket {
  checkHeavyBall(heavyBall);
  const { learningRate: eta, momentum: beta } = heavyBall;
  const h = 1 - beta;
  if (kind === "leading") return (a, b) => a + b + (eta / (2 * h * h)) * (a - b) ** 2; // (LN14)
  const spread = (beta * eta) / ((1 + beta) * h * h);
  return (a, b) => a + b - (eta * a * b) / (1 + beta) + spread * (a - b) ** 2; // (LN15)
}

/** {H,S}: the limit for γ < 1/2. */
export const lyapunovBracket: Bracket = (a, b) => a + b;

/** The limit for γ > 1/2: what is left of the inverse are the blocks of equal curvatures, M_ii/(2λ_i). */
export const diagonalBracket: Bracket = (a, b) => (sameCurvature(a, b) ? a + b : Infinity);

const sameCurvature = (a: number, b: number) => Math.abs(a - b) <= 1e-10 * Math.max(a, b);

/**
 * L⁻¹M for a symmetric M, on all blocks but that of two zero modes, where there is no inverse and the result is 0.
 * Row-major, in weights.
 */
export function invertOperator(curvature: Curvature, bracket: Bracket, M: ArrayLike<number>): Float64Array {
  checkCurvature(curvature);
  list("M", M);
  return matrixFromModes(curvature, invertInModes(curvature, bracket, matrixToModes(curvature, M)));
}

/** The same for a matrix in the eigenbasis, with the result there. */
export function invertInModes(
  { size, rank, values }: Curvature,
  bracket: Bracket,
  M: ArrayLike<number>,
): Float64Array {
  const zeros = size - rank;
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (i < zeros && j < zeros) continue;
      out[i * size + j] = M[i * size + j] / bracket(values[i], values[j]);
    }
  }
  return out;
}

/** L S of a symmetric S, row-major, in weights. */
export function applyOperator(curvature: Curvature, bracket: Bracket, S: ArrayLike<number>): Float64Array {
  const { size, values } = checkCurvature(curvature);
  const modes = matrixToModes(curvature, list("S", S));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) modes[i * size + j] *= bracket(values[i], values[j]);
  }
  return matrixFromModes(curvature, modes);
}
