import { reducedLengths } from "../../models/label-noise-momentum/descent";
import type { MomentumProblem, UvModel } from "../../models/label-noise-momentum/problem";
import { createNormals, type DescentProcess } from "./process";

/**
 * Vector UV without activation in two numbers, exactly, equation (LN24): with p = (u + v)/√2, q = (u − v)/√2 and π = 0 at the
 * start, p_k = A_k p_0 and q_k = B_k q_0, and the P label noises act through one normal ξ:
 *
 *     a = μ2 (|p_0|²A² − |q_0|²B²)/(2n) − κ ξ ,   ΔA′ = β ΔA − η a A ,   ΔB′ = β ΔB + η a B ,   A′ = A + ΔA′ ,   B′ = B + ΔB′
 *
 * with κ = ε √(μ2/(Pn)): the law of the radius |p_0|²A² + |q_0|²B² at any n and P, at a cost that depends on neither.
 *
 * @param start u, then v.
 */
export function createReducedProcess(
  { learningRate: eta, momentum: beta, noise, model }: MomentumProblem & { readonly model: UvModel },
  start: Float64Array,
): DescentProcess & { /** One step with a given ξ. */ stepWith(xi: number): void } {
  const { n, samples, inputVariance } = model;
  const { p, q } = reducedLengths(n, start);
  const [p2, q2] = [p * p, q * q];
  const curvature = inputVariance / (2 * n);
  const kappa = noise * Math.sqrt(inputVariance / (samples * n)); // (LN23)
  const normals = createNormals();
  let [A, B, dA, dB] = [1, 1, 0, 0];

  function stepWith(xi: number): void {
    const push = eta * (curvature * (p2 * A * A - q2 * B * B) - kappa * xi);
    dA = beta * dA - push * A;
    dB = beta * dB + push * B;
    A += dA;
    B += dB; // (LN24)
  }

  /** Of f, with u·v = (|p|² − |q|²)/2: on the inputs, and on fresh ones of the same mean square. */
  const meanSquare = () => (inputVariance / n) * (0.5 * (p2 * A * A - q2 * B * B)) ** 2;
  const radius = () => p2 * A * A + q2 * B * B;
  return {
    start(stream) {
      normals.restart(stream);
      A = B = 1;
      dA = dB = 0;
    },
    step: () => stepWith(normals.next()),
    stepWith,
    radius,
    loss: () => 0.5 * meanSquare(),
    hessianTrace: () => 2 * curvature * radius(),
    testError: meanSquare,
  };
}
