import { createLayout, diagonal } from "./layout";
import { createMoments } from "./moments";
import { checkNetwork, type QuadraticNetwork } from "./network";

/** Writes dy/dt of the packed order parameters (see `packState`). */
export type Drift = (y: ArrayLike<number>, out: Float64Array | number[]) => void;

/**
 * Mean motion of the order parameters, for any width (Escaping mediocrity, eq. (17) with the signs of 𝓔 = y − f,
 * corrected, see docs/errata.md; (21) on the sphere):
 * dm_j = 2a_j E[𝓔 λ_j λ_*], dQ_jl = 2(a_j + a_l) E[𝓔 λ_j λ_l] + (4γ/p) a_j a_l E[𝓔² λ_j λ_l], da_j = E[𝓔 λ_j²].
 *
 * @param finite adds the exact factors of a finite dimension: E[𝓔₀² |x|² λ λ] carries 1 + 6/d and the label noise
 *   1 + 2/d. Without it the drift is that of the limit d → ∞.
 * @throws InvalidParameterError for a network that makes no sense.
 */
export function createDrift(network: QuadraticNetwork, finite = false): Drift {
  checkNetwork(network);
  const { width: p, learningRate, labelNoise, constraint, trainSecondLayer } = network;
  const layout = createLayout(p);
  const moments = createMoments(network);
  const signalFactor = finite ? 1 + 6 / network.dimension : 1;
  const noiseFactor = labelNoise * (finite ? 1 + 2 / network.dimension : 1);
  const secondRate = secondLayerFactor(network);
  const strength = (4 * learningRate) / p;
  const a = layout.secondLayer;

  return (y, out) => {
    moments.load(y, 2);
    for (let j = 0; j < p; j++) {
      out[j] = 2 * y[a + j] * moments.noiselessPair(1, j, p); // (Q.6)
      out[a + j] = trainSecondLayer ? secondRate * moments.noiselessPair(1, j, j) : 0; // (Q.6)
      for (let l = j; l < p; l++) {
        const k = layout.correlation(j, l);
        const square = signalFactor * moments.noiselessPair(2, j, l) + noiseFactor * y[k]; // (Q.9)
        out[k] =
          2 * (y[a + j] + y[a + l]) * moments.noiselessPair(1, j, l) +
          strength * y[a + j] * y[a + l] * square; // (Q.7)
      }
    }
    if (constraint === "sphere") projectOnSphere(p, y, out);
  };
}

/** How much faster than the first the second layer runs. */
export function secondLayerFactor({ secondLayerRate, dimension }: QuadraticNetwork): number {
  return secondLayerRate === "first-layer" ? dimension : 1;
}

/**
 * Takes out of an increment what the normalisation of the w_j takes out, to first order: dm_j − (m_j/2) dQ_jj and
 * dQ_jl − (Q_jl/2)(dQ_jj + dQ_ll). On the sphere, dQ_jj becomes 0.
 */
export function projectOnSphere(p: number, y: ArrayLike<number>, increment: Float64Array | number[]): void {
  for (let j = 0; j < p; j++) {
    const own = increment[diagonal(p, j)];
    increment[j] -= 0.5 * y[j] * own; // (Q.8)
    for (let l = j + 1; l < p; l++) {
      const k = diagonal(p, j) + l - j;
      increment[k] -= 0.5 * y[k] * (own + increment[diagonal(p, l)]); // (Q.8)
    }
  }
  // The diagonal last: the rows above read it.
  for (let j = 0; j < p; j++) increment[diagonal(p, j)] *= 1 - y[diagonal(p, j)];
}
