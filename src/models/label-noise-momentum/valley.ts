import type { Loss } from "./loss";
import type { ResidualModel } from "./residuals";

/**
 * Curved valleys of minima, the smallest losses with all terms of the drift-diffusion:
 * in the plane L = ½(xy − 1)², a hyperbola; in space L = ½[(xy − 1)² + (yz − 2)²], a curve.
 */
export function valleyModel(dimension: 2 | 3): ResidualModel {
  /** Pairs of coordinates whose products are held at a level. */
  const levels = dimension === 2 ? [1] : [1, 2];
  const D = dimension;
  return {
    size: D,
    count: levels.length,
    scale: 1,
    residuals(w, out) {
      for (const [i, level] of levels.entries()) out[i] = w[i] * w[i + 1] - level;
    },
    jacobian(w, out) {
      out.fill(0);
      for (let i = 0; i < levels.length; i++) {
        out[i * D + i] = w[i + 1];
        out[i * D + i + 1] = w[i];
      }
    },
    addSecond(_, i, v, weight, out) {
      out[i] += weight * v[i + 1];
      out[i + 1] += weight * v[i];
    },
    secondTrace: (_, i, S) => 2 * S[i * D + i + 1],
  };
}

/** A point of the valley. */
export const valleyStart = (dimension: 2 | 3): Float64Array =>
  Float64Array.from(dimension === 2 ? [1, 1] : [1, 1, 2]);

/** L = ½ Σ λ_i w_i²; the zero modes are its manifold. */
export function quadraticLoss(curvatures: ArrayLike<number>): Loss {
  const size = curvatures.length;
  return {
    size,
    value: (w) => w.reduce((sum, x, i) => sum + 0.5 * curvatures[i] * x * x, 0),
    gradient(w, out) {
      for (let i = 0; i < size; i++) out[i] = curvatures[i] * w[i];
    },
    hessian(_, out) {
      out.fill(0);
      for (let i = 0; i < size; i++) out[i * size + i] = curvatures[i];
    },
    third: (_, __, out) => {
      out.fill(0);
    },
  };
}
