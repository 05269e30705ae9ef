import { type Bilinear, createBilinearGradient, productOf } from "../../models/label-noise-momentum/bilinear";
import type { HeavyBall } from "../../models/label-noise-momentum/heavy-ball";
import { type ProductError, squaredDistance } from "../../models/label-noise-momentum/measure";
import type { Stream } from "../../numerics/streams";
import { createBall } from "./ball";
import type { DescentProcess } from "./process";

/**
 * Vector UV, matrix UV and matrix sensing with all their weights, on all data at every step, with label noise ε ξ_i on each
 * label anew. A step reads all measurements twice.
 */
export function createBilinearProcess(
  problem: Bilinear,
  { noise, ...heavyBall }: HeavyBall & { readonly noise: number },
  start: Float64Array,
  measure: ProductError,
): DescentProcess & { /** One step with given ξ_i. */ stepWith(xi: Float64Array): void } {
  const { rows, columns, width, targets, scale } = problem;
  const split = rows * width;
  const gradient = createBilinearGradient(problem);
  const moments = secondMoments(problem);
  const ball = createBall(start, heavyBall);
  const { weights } = ball;
  const force = new Float64Array(weights.length);
  const labels = new Float64Array(targets.length);
  const product = new Float64Array(rows * columns);
  let stream: Stream;

  function stepWith(xi: Float64Array): void {
    for (let i = 0; i < labels.length; i++) labels[i] = noise * xi[i];
    gradient(weights, labels, force);
    ball.step(force);
  }

  /** Tr(M WWᵀ) of a block of the weights. */
  function weighted(M: Float64Array, size: number, from: number): number {
    let sum = 0;
    for (let j = 0; j < size; j++) {
      for (let l = 0; l < size; l++) {
        let part = 0;
        for (let k = 0; k < width; k++) part += weights[from + j * width + k] * weights[from + l * width + k];
        sum += M[j * size + l] * part;
      }
    }
    return sum;
  }

  return {
    weights,
    start(noiseStream) {
      stream = noiseStream;
      ball.restart();
    },
    step() {
      stream.fillNormal(labels);
      stepWith(labels);
    },
    stepWith,
    radius: ball.radius,
    loss() {
      productOf(problem, weights, product);
      const area = product.length;
      let sum = 0;
      for (let i = 0; i < targets.length; i++) {
        let r = -targets[i];
        for (let k = 0; k < area; k++) r += problem.measurements[i * area + k] * product[k];
        sum += r * r;
      }
      return 0.5 * scale * sum;
    },
    hessianTrace: () => scale * (weighted(moments.row, rows, 0) + weighted(moments.column, columns, split)),
    testError() {
      return measure.factor * squaredDistance(productOf(problem, weights, product), measure.target); // (LN35)
    },
  };
}

/** Σ A Aᵀ and Σ Aᵀ A: Tr H = scale [Tr(Σ A Aᵀ UUᵀ) + Tr(Σ AᵀA VVᵀ)], equation (LN34). */
function secondMoments({ rows, columns, measurements, targets }: Bilinear) {
  const row = new Float64Array(rows * rows);
  const column = new Float64Array(columns * columns);
  for (let i = 0; i < targets.length; i++) {
    const A = measurements.subarray(i * rows * columns, (i + 1) * rows * columns);
    for (let j = 0; j < rows; j++) {
      for (let l = 0; l < columns; l++) {
        const a = A[j * columns + l];
        if (a === 0) continue;
        for (let k = 0; k < rows; k++) row[j * rows + k] += a * A[k * columns + l];
        for (let k = 0; k < columns; k++) column[l * columns + k] += a * A[j * columns + k];
      }
    }
  }
  return { row, column };
}
