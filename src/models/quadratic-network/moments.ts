import type { QuadraticNetwork } from "./network";

/** Highest power of the displacement whose moments are wanted: 4 in the noise covariance. */
const HIGHEST = 4;
const FACTORIAL = [1, 1, 2, 6, 24];

/**
 * Gaussian moments of the displacement 𝓔 = λ_*² − (1/p) Σ a_j λ_j² + √Δ z with factors of X = (λ_0 … λ_{p−1}, λ_*),
 * for any width. They are the coefficients of E[e^{s XᵀSX} X_a X_b …] = det(1 − 2sΩS)^{−1/2} times the Wick sum
 * with covariance (1 − 2sΩS)^{−1} Ω, expanded in s; this replaces the twelfth-order Isserlis sums of App. C.2.
 */
export interface QuadraticMoments {
  /** Reads the order parameters and prepares moments up to 𝓔^order, order ≤ 4. */
  load(y: ArrayLike<number>, order: number): void;
  /** E[𝓔₀^k X_a X_b] of the displacement 𝓔₀ without label noise. */
  noiselessPair(k: number, a: number, b: number): number;
  /** E[𝓔^k X_a X_b], k ≤ 2. */
  pair(k: 0 | 1 | 2, a: number, b: number): number;
  /** E[𝓔^k X_a X_b X_c X_e], k = 2, 3, 4. */
  quadruple(k: 2 | 3 | 4, a: number, b: number, c: number, e: number): number;
}

/** A workspace for the moments of one network; index p of X is λ_*. Ω may be singular. */
export function createMoments({ width: p, labelNoise }: QuadraticNetwork): QuadraticMoments {
  const n = p + 1;
  const weights = new Float64Array(n);
  // G_k = 2^k (ΩS)^k Ω and the coefficients D_k of the determinant.
  const g = Array.from({ length: HIGHEST + 1 }, () => new Float64Array(n * n));
  const d = new Float64Array(HIGHEST + 1);
  const c = new Float64Array(HIGHEST + 1);

  function load(y: ArrayLike<number>, order: number): void {
    const [omega] = g;
    const a = p + (p * (p + 1)) / 2;
    for (let j = 0, k = p; j < p; j++) {
      weights[j] = -y[a + j] / p;
      omega[j * n + p] = omega[p * n + j] = y[j];
      for (let l = j; l < p; l++) omega[j * n + l] = omega[l * n + j] = y[k++];
    }
    weights[p] = omega[p * n + p] = 1;
    d[0] = 1;
    for (let k = 1; k <= order; k++) {
      c[k] = weightedTrace(g[k - 1]) / k;
      multiply(g[k - 1], g[k]);
      let sum = 0;
      for (let j = 1; j <= k; j++) sum += j * c[j] * d[k - j];
      d[k] = sum / k;
    }
  }

  function weightedTrace(matrix: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += weights[i] * matrix[i * n + i];
    return sum;
  }

  /** out = 2 Ω S matrix; all factors commute up to order, so the result is symmetric. */
  function multiply(matrix: Float64Array, out: Float64Array): void {
    const [omega] = g;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += omega[i * n + k] * weights[k] * matrix[j * n + k];
        out[i * n + j] = out[j * n + i] = 2 * sum;
      }
    }
  }

  /** The coefficient of s^k in (Q.5), times k!. */
  function noiselessPair(k: number, a: number, b: number): number {
    let sum = 0;
    for (let i = 0; i <= k; i++) sum += d[i] * g[k - i][a * n + b];
    return FACTORIAL[k] * sum;
  }

  function noiselessQuadruple(k: number, a: number, b: number, c: number, e: number): number {
    let sum = 0;
    for (let j = 0; j <= k; j++) {
      const first = g[j];
      for (let l = 0; l <= k - j; l++) {
        const second = g[l];
        sum +=
          d[k - j - l] *
          (first[a * n + b] * second[c * n + e] +
            first[a * n + c] * second[b * n + e] +
            first[a * n + e] * second[b * n + c]);
      }
    }
    return FACTORIAL[k] * sum;
  }

  return {
    load,
    noiselessPair,
    pair(k, a, b) {
      const noise = k === 2 ? labelNoise * noiselessPair(0, a, b) : 0;
      return noiselessPair(k, a, b) + noise;
    },
    quadruple(k, a, b, c, e) {
      const moment = noiselessQuadruple(k, a, b, c, e);
      if (labelNoise === 0) return moment;
      // E[𝓔^k] = Σ binomial(k, i) E[𝓔₀^{k−i}] E[(√Δ z)^i]: only even i survive.
      const second = ((k * (k - 1)) / 2) * labelNoise * noiselessQuadruple(k - 2, a, b, c, e);
      return moment + second + (k === 4 ? 3 * labelNoise ** 2 * noiselessQuadruple(0, a, b, c, e) : 0);
    },
  };
}
