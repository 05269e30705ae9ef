import { list, numberList } from "../../core/check";

/**
 * A loss with the derivatives that drift and diffusion on its zero-loss manifold need. Matrices are row-major size × size.
 * The user gives the derivatives; those of the models here are by hand, and the tests hold them against differences.
 */
export interface Loss {
  /** Number D of weights. */
  readonly size: number;
  value(w: Float64Array): number;
  /** Writes g = ∇L. */
  gradient(w: Float64Array, out: Float64Array): void;
  /** Writes H = ∇²L. */
  hessian(w: Float64Array, out: Float64Array): void;
  /** Writes D²g[S]_j = Σ_kl ∂_j∂_k∂_l L S_kl, for a symmetric S. */
  third(w: Float64Array, S: Float64Array, out: Float64Array): void;
}

/** The gradient noise of a descent, as its covariance Σ(w) = σσᵀ without ε². */
export interface GradientNoise {
  /** Writes Σ(w), row-major. */
  covariance(w: Float64Array, out: Float64Array): void;
  /** Writes the mean of Σ over weights with mean w and covariance C (Gaussian); for the moment closure. */
  meanCovariance(w: Float64Array, C: Float64Array, out: Float64Array): void;
}

/** A noise whose covariance does not depend on the weights. */
export function constantNoise(covariance: ArrayLike<number>): GradientNoise {
  const kept = numberList("covariance", list("covariance", covariance));
  return {
    covariance: (_, out) => out.set(kept),
    meanCovariance: (_, __, out) => out.set(kept),
  };
}

/** A descent on a loss from a point: what the theories of drift and diffusion work on. */
export interface NoisyDescent {
  readonly loss: Loss;
  readonly noise: GradientNoise;
  /** c, where Σ = c H on the zero-loss manifold: then nothing diffuses along it, Σ_LL = Σ_TL = 0. */
  readonly labelNoise?: number;
}
