import {
  checkNetwork,
  createLayout,
  createMoments,
  diagonal,
  type QuadraticNetwork,
  secondLayerFactor,
} from "../../models/quadratic-network";

/** Covariance of one SGD update of the order parameters, in rates per unit t and without the prefactor γ/(p d). */
export interface NoiseCovariance {
  /** Number of order parameters with noise: all of the packed vector, without the a_j unless they are trained. */
  readonly size: number;
  /** Reads the packed order parameters. */
  load(y: ArrayLike<number>): void;
  /** C_ik of the state last loaded, i and k places of the packed vector below `size`. */
  entry(i: number, k: number): number;
}

/**
 * Noise covariance for any width, with |x|² = 1: every increment has the form L 𝓔 X_a X_b + K 𝓔² X_a X_b (for m_j: L = 2a_j,
 * K = 0 and the pair (λ_j, λ_*); for Q_jl: L = 2(a_j + a_l), K = (4γ/p) a_j a_l and (λ_j, λ_l); for a_j: L = 1, K = 0 and
 * (λ_j, λ_j)), so that C = L L′F₂ + (L K′ + L′K) F₃ + K K′F₄ − mean·mean′ with F_n = E[𝓔ⁿ X X X X]
 * (Escaping mediocrity, App. D.2; the polynomials of its eq. (55) are corrected, see docs/errata.md). Off the sphere: the
 * normalisation is not in it.
 *
 * @throws InvalidParameterError for a network that makes no sense.
 */
export function createNoiseCovariance(network: QuadraticNetwork): NoiseCovariance {
  checkNetwork(network);
  const { width: p, learningRate, trainSecondLayer } = network;
  const layout = createLayout(p);
  const size = trainSecondLayer ? layout.length : layout.secondLayer;
  const moments = createMoments(network);
  const first = new Int32Array(size);
  const second = new Int32Array(size);
  const linear = new Float64Array(size);
  const square = new Float64Array(size);
  const mean = new Float64Array(size);
  for (let j = 0; j < p; j++) {
    first[j] = j;
    second[j] = p;
    for (let l = j; l < p; l++) {
      first[layout.correlation(j, l)] = j;
      second[layout.correlation(j, l)] = l;
    }
    if (trainSecondLayer) first[layout.secondLayer + j] = second[layout.secondLayer + j] = j;
  }
  if (trainSecondLayer) linear.fill(secondLayerFactor(network), layout.secondLayer);

  return {
    size,
    load(y) {
      moments.load(y, 4);
      const a = layout.secondLayer;
      for (let j = 0; j < p; j++) {
        linear[j] = 2 * y[a + j];
        for (let l = j; l < p; l++) {
          const k = layout.correlation(j, l);
          linear[k] = 2 * (y[a + j] + y[a + l]);
          square[k] = ((4 * learningRate) / p) * y[a + j] * y[a + l];
        }
      }
      for (let i = 0; i < size; i++) {
        mean[i] = linear[i] * moments.pair(1, first[i], second[i]);
        if (square[i] !== 0) mean[i] += square[i] * moments.pair(2, first[i], second[i]);
      }
    },
    entry(i, k) {
      const [a, b, c, e] = [first[i], second[i], first[k], second[k]];
      let sum = linear[i] * linear[k] * moments.quadruple(2, a, b, c, e) - mean[i] * mean[k]; // (Q.11)
      const mixed = linear[i] * square[k] + linear[k] * square[i];
      if (mixed !== 0) sum += mixed * moments.quadruple(3, a, b, c, e);
      const both = square[i] * square[k];
      if (both !== 0) sum += both * moments.quadruple(4, a, b, c, e);
      return sum;
    },
  };
}

/**
 * Itô drift of the normalisation on the sphere, without its prefactor γ/(p d); adds to `out`:
 * m_j: −C(m_j, Q_jj)/2 + (3/8) m_j C(Q_jj, Q_jj); Q_jl: (Q_jl/8)(3C_jj,jj + 3C_ll,ll + 2C_jj,ll) − (C_jl,jj + C_jl,ll)/2.
 * Second order in the expansion of w/|w|, which App. D.2 stops at first order.
 */
export function addItoDrift(
  p: number,
  covariance: NoiseCovariance,
  y: ArrayLike<number>,
  amount: number,
  out: Float64Array,
): void {
  for (let j = 0; j < p; j++) {
    const own = diagonal(p, j);
    const ownSquare = covariance.entry(own, own);
    out[j] += amount * (-0.5 * covariance.entry(j, own) + 0.375 * y[j] * ownSquare); // (Q.12)
    for (let l = j + 1; l < p; l++) {
      const other = diagonal(p, l);
      const k = own + l - j;
      const norms = 3 * ownSquare + 3 * covariance.entry(other, other) + 2 * covariance.entry(own, other);
      const mixed = covariance.entry(k, own) + covariance.entry(k, other);
      out[k] += amount * (0.125 * y[k] * norms - 0.5 * mixed); // (Q.12)
    }
  }
}
