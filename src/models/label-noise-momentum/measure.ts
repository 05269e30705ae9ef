import { productOf } from "./bilinear";
import { targetMatrix } from "./data";
import { isReducible } from "./descent";
import { networkTestError } from "./network";
import type { MomentumProblem } from "./problem";

/** How far a product U Vᵀ is from its target: so many times |U Vᵀ − X*|². */
export interface ProductError {
  readonly target: Float64Array;
  readonly factor: number;
}

/**
 * The test error without label noise, equation (LN35): (1/d)|UVᵀ − X*|² in matrix sensing (Flatter, faster, eq. (13)), the mean
 * square on fresh inputs in vector and matrix UV; undefined for models without a closed form.
 */
export function productErrorOf(problem: MomentumProblem): ProductError | undefined {
  const { model, dataSeed } = problem;
  if (model.kind === "matrix-sensing") {
    const { d, rank } = model;
    return { target: targetMatrix(d, d, rank, dataSeed), factor: 1 / d };
  }
  if (model.kind === "matrix-uv") {
    const { inputDimension: d, outputDimension: m, n, rank, inputVariance } = model;
    return { target: targetMatrix(m, d, rank, dataSeed), factor: inputVariance / (d * n) };
  }
  if (model.kind !== "uv" || !isReducible(problem)) return undefined;
  return { target: new Float64Array(1), factor: model.inputVariance / model.n };
}

/** The test error of weights in the coordinates of the theories, where it has a closed form. */
export function theoryTestError(problem: MomentumProblem): ((w: Float64Array) => number) | undefined {
  const { model, dataSeed } = problem;
  if (model.kind === "mlp") return networkTestError(model, dataSeed);
  const measure = productErrorOf(problem);
  if (!measure) return undefined;
  const shape = shapeOf(problem);
  return (w) => {
    const apart = squaredDistance(productOf(shape, w), measure.target);
    // What rounding leaves of a product of these weights is no error.
    const rounding = 4 * Number.EPSILON * w.reduce((sum, x) => sum + x * x, 0);
    return apart > rounding * rounding ? measure.factor * apart : 0;
  };
}

export function squaredDistance(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] - y[i]) ** 2;
  return sum;
}

function shapeOf({ model }: MomentumProblem) {
  if (model.kind === "matrix-sensing") return { rows: model.d, columns: model.d, width: model.d };
  if (model.kind === "matrix-uv") {
    return { rows: model.outputDimension, columns: model.inputDimension, width: model.n };
  }
  return { rows: 1, columns: 1, width: 1 };
}
