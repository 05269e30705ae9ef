import { record } from "../../core/check";
import type { GradientNoise, Loss, NoisyDescent } from "./loss";

/**
 * A least-squares loss L = (scale/2) Σ_i r_i(w)², by its residuals. Label noise adds ε ξ_i to every r_i, anew each step.
 */
export interface ResidualModel {
  readonly size: number;
  /** Number of residuals. */
  readonly count: number;
  readonly scale: number;
  residuals(w: Float64Array, out: Float64Array): void;
  /** Writes ∂_j r_i, row-major count × size. */
  jacobian(w: Float64Array, out: Float64Array): void;
  /** out += weight · (∇²r_i) v. */
  addSecond(w: Float64Array, i: number, v: Float64Array, weight: number, out: Float64Array): void;
  /** Tr[(∇²r_i) S] for a symmetric S. */
  secondTrace(w: Float64Array, i: number, S: Float64Array): number;
  /** out_j += weight · Σ_kl ∂_j∂_k∂_l r_i S_kl; left out where all third derivatives are 0. */
  addThird?(w: Float64Array, i: number, S: Float64Array, weight: number, out: Float64Array): void;
}

/** The loss of a residual model, with its derivatives from those of the residuals, equation (LN3). */
export function leastSquaresLoss(model: ResidualModel): Loss {
  const { size: D, count, scale } = model;
  const r = new Float64Array(count);
  const jacobian = lazyJacobian(model);
  const unit = new Float64Array(D);
  const line = new Float64Array(D);
  const row = (J: Float64Array, i: number) => J.subarray(i * D, (i + 1) * D);
  return {
    size: D,
    value(w) {
      model.residuals(w, r);
      return 0.5 * scale * r.reduce((sum, x) => sum + x * x, 0);
    },
    gradient(w, out) {
      model.residuals(w, r);
      const J = jacobian(w);
      out.fill(0);
      for (let i = 0; i < count; i++) addTo(out, scale * r[i], row(J, i));
    },
    hessian(w, out) {
      model.residuals(w, r);
      const J = jacobian(w);
      addOuters(J, count, D, scale, out);
      for (let k = 0; k < D; k++) {
        unit.fill(0);
        unit[k] = 1;
        line.fill(0);
        for (let i = 0; i < count; i++) model.addSecond(w, i, unit, scale * r[i], line);
        for (let j = 0; j < D; j++) out[j * D + k] += line[j];
      }
    },
    third(w, S, out) {
      model.residuals(w, r);
      const J = jacobian(w);
      out.fill(0);
      for (let i = 0; i < count; i++) {
        multiply(S, row(J, i), line);
        model.addSecond(w, i, line, 2 * scale, out);
        addTo(out, scale * model.secondTrace(w, i, S), row(J, i));
        model.addThird?.(w, i, S, scale * r[i], out);
      }
    },
  };
}

/**
 * Label noise: σ_ji = scale ∂_j r_i, so that Σ = scale² JᵀJ, which is scale · H on the zero-loss manifold (Flatter, faster,
 * sec. 3.4 and eq. (128), there corrected: see docs/errata.md).
 */
export function labelNoise(model: ResidualModel): GradientNoise {
  const { size: D, count, scale } = model;
  const jacobian = lazyJacobian(model);
  const column = new Float64Array(D);
  const image = new Float64Array(D);
  return {
    covariance(w, out) {
      const J = jacobian(w);
      addOuters(J, count, D, scale * scale, out);
    },
    meanCovariance(w, C, out) {
      const J = jacobian(w);
      addOuters(J, count, D, scale * scale, out);
      const product = new Float64Array(D * D);
      // The gradient of r_i spreads by R C R, R = ∇²r_i: exact for residuals of second degree.
      for (let i = 0; i < count; i++) {
        for (let k = 0; k < D; k++) {
          for (let j = 0; j < D; j++) column[j] = C[j * D + k];
          image.fill(0);
          model.addSecond(w, i, column, 1, image);
          for (let j = 0; j < D; j++) product[k * D + j] = image[j];
        }
        for (let j = 0; j < D; j++) {
          for (let k = 0; k < D; k++) column[k] = product[k * D + j];
          image.fill(0);
          model.addSecond(w, i, column, scale * scale, image);
          for (let k = 0; k < D; k++) out[j * D + k] += image[k];
        }
      }
    },
  };
}

/** Descent with label noise on a residual model. */
export const labelNoiseDescent = (model: ResidualModel): NoisyDescent => ({
  loss: leastSquaresLoss(record("model", model, ["residuals", "jacobian", "addSecond", "secondTrace"])),
  noise: labelNoise(model),
  labelNoise: model.scale,
});

/** Made when first wanted: a large model whose gradient comes from elsewhere has no room for it. */
function lazyJacobian(model: ResidualModel): (w: Float64Array) => Float64Array {
  let J: Float64Array | undefined;
  return (w) => {
    J ??= new Float64Array(model.count * model.size);
    model.jacobian(w, J);
    return J;
  };
}

/** out = factor · JᵀJ. */
function addOuters(J: Float64Array, count: number, D: number, factor: number, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < D; j++) {
      const x = factor * J[i * D + j];
      if (x !== 0) for (let k = 0; k < D; k++) out[j * D + k] += x * J[i * D + k];
    }
  }
}

function addTo(out: Float64Array, factor: number, x: Float64Array): void {
  for (let j = 0; j < out.length; j++) out[j] += factor * x[j];
}

function multiply(matrix: Float64Array, x: Float64Array, out: Float64Array): void {
  const D = x.length;
  for (let j = 0; j < D; j++) {
    let sum = 0;
    for (let k = 0; k < D; k++) sum += matrix[j * D + k] * x[k];
    out[j] = sum;
  }
}
