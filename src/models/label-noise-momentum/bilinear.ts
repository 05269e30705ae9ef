import type { ResidualModel } from "./residuals";

/**
 * Residuals r_i = Tr(A_iᵀ U Vᵀ) − y_i: vector UV, matrix UV and matrix sensing are all of this form. The weights are U
 * (rows × width, row-major), then V (columns × width).
 */
export interface Bilinear {
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
  /** The A_i one after the other, each row-major rows × columns. */
  readonly measurements: Float64Array;
  /** The y_i. */
  readonly targets: Float64Array;
  /** L = (scale/2) Σ r_i². */
  readonly scale: number;
}

/** The bilinear model with its derivatives: r_i is of second degree, with constant second derivatives. */
export function bilinearModel(problem: Bilinear): ResidualModel {
  const { rows, columns, width, measurements, targets, scale } = problem;
  const split = rows * width;
  const size = split + columns * width;
  const count = targets.length;
  const area = rows * columns;

  /** out_U += weight A v_V and out_V += weight Aᵀ v_U. */
  function addCrossed(i: number, v: Float64Array, weight: number, out: Float64Array): void {
    for (let j = 0; j < rows; j++) {
      for (let l = 0; l < columns; l++) {
        const a = weight * measurements[i * area + j * columns + l];
        if (a === 0) continue;
        const [u, w] = [j * width, split + l * width];
        for (let k = 0; k < width; k++) {
          out[u + k] += a * v[w + k];
          out[w + k] += a * v[u + k];
        }
      }
    }
  }

  return {
    size,
    count,
    scale,
    residuals(w, out) {
      const X = productOf(problem, w);
      for (let i = 0; i < count; i++) {
        let sum = -targets[i];
        for (let k = 0; k < area; k++) sum += measurements[i * area + k] * X[k];
        out[i] = sum;
      }
    },
    jacobian(w, out) {
      out.fill(0);
      for (let i = 0; i < count; i++) addCrossed(i, w, 1, out.subarray(i * size, (i + 1) * size));
    },
    addSecond: (_, i, v, weight, out) => addCrossed(i, v, weight, out),
    secondTrace(_, i, S) {
      let sum = 0;
      for (let j = 0; j < rows; j++) {
        for (let l = 0; l < columns; l++) {
          let part = 0;
          for (let k = 0; k < width; k++) part += S[(j * width + k) * size + split + l * width + k];
          sum += measurements[i * area + j * columns + l] * part;
        }
      }
      return 2 * sum;
    },
  };
}

/** X = U Vᵀ, row-major rows × columns. */
export function productOf(
  { rows, columns, width }: Pick<Bilinear, "rows" | "columns" | "width">,
  w: ArrayLike<number>,
  out: Float64Array = new Float64Array(rows * columns),
): Float64Array {
  const split = rows * width;
  for (let j = 0; j < rows; j++) {
    for (let l = 0; l < columns; l++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += w[j * width + k] * w[split + l * width + k];
      out[j * columns + l] = sum;
    }
  }
  return out;
}

/**
 * The gradient alone, without the derivatives of single residuals: what a descent needs, at the cost of reading all A_i
 * twice. `labels` are added to the y_i.
 */
export function createBilinearGradient(problem: Bilinear) {
  const { rows, columns, width, measurements, targets, scale } = problem;
  const area = rows * columns;
  const split = rows * width;
  const X = new Float64Array(area);
  const G = new Float64Array(area);
  return (w: Float64Array, labels: Float64Array | undefined, out: Float64Array): void => {
    productOf(problem, w, X);
    G.fill(0);
    for (let i = 0; i < targets.length; i++) {
      const at = i * area;
      let r = -targets[i] - (labels ? labels[i] : 0);
      for (let k = 0; k < area; k++) r += measurements[at + k] * X[k];
      r *= scale;
      for (let k = 0; k < area; k++) G[k] += r * measurements[at + k];
    }
    // ∂_U L = G V and ∂_V L = Gᵀ U with G = scale Σ r_i A_i.
    out.fill(0);
    for (let j = 0; j < rows; j++) {
      for (let l = 0; l < columns; l++) {
        const g = G[j * columns + l];
        const [u, v] = [j * width, split + l * width];
        for (let k = 0; k < width; k++) {
          out[u + k] += g * w[v + k];
          out[v + k] += g * w[u + k];
        }
      }
    }
  };
}
