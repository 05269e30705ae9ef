import { Matrix, QrDecomposition, solve } from "ml-matrix";
import { InvalidParameterError } from "../core/errors";

/** A weighted linear least-squares problem, solved for any right-hand side at once. */
export interface LeastSquares {
  /** coefficients_j = Σ_i combination[j][i]·y_i: the estimate is linear in the data. */
  readonly combination: readonly Float64Array[];
  /** Covariance of the coefficients when sigma are the standard errors of independent y_i. */
  readonly covariance: readonly Float64Array[];
}

/**
 * Minimises Σ_i (y_i − Σ_j coefficient_j·columns[j][i])²/sigma_i² by a QR decomposition.
 * @param columns the design: one array a coefficient, one entry a data point
 * @param sigma positive standard errors, or any common scale of them
 * @throws InvalidParameterError when there are fewer points than columns, or the columns are linearly dependent.
 */
export function leastSquares(columns: readonly ArrayLike<number>[], sigma: ArrayLike<number>): LeastSquares {
  const points = sigma.length;
  const size = columns.length;
  if (points < size) throw new InvalidParameterError("sigma.length", points, `at least ${size} points`);
  const design = Matrix.zeros(points, size);
  for (let i = 0; i < points; i++) {
    for (let j = 0; j < size; j++) design.set(i, j, columns[j][i] / sigma[i]);
  }
  const qr = new QrDecomposition(design);
  const triangle = qr.upperTriangularMatrix;
  for (let j = 0; j < size; j++) {
    if (!(Math.abs(triangle.get(j, j)) > 1e-12 * design.getColumnVector(j).norm())) {
      throw new InvalidParameterError(`columns[${j}]`, "a combination of the others", "independent columns");
    }
  }
  const inverse = solve(triangle, Matrix.eye(size));
  const rows = inverse.mmul(qr.orthogonalMatrix.transpose());
  return {
    combination: columns.map((_, j) =>
      Float64Array.from({ length: points }, (_, i) => rows.get(j, i) / sigma[i]),
    ),
    covariance: inverse
      .mmul(inverse.transpose())
      .to2DArray()
      .map((row) => Float64Array.from(row)),
  };
}

/** Σ_i weights_i·values_i. */
export function combine(weights: Float64Array, values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * values[i];
  return sum;
}
