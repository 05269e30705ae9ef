import type { Draws } from "../../numerics/draws";

/** A symmetric tridiagonal matrix: off[i] couples i and i + 1. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly off: Float64Array;
}

/**
 * The noise matrix ΔW of the Gaussian orthogonal ensemble, E W_ij² = 1/N, in the basis in which Householder's reflections make it
 * tridiagonal: independent entries d_i ~ N(0, 2Δ²/N), e_i = Δ χ_{N−i}/√N (Trotter 1984; Dumitriu & Edelman 2002). The reflections
 * leave the first axis where it is, so that a signal along it only adds to d_1. Exact in law: noise and start are isotropic.
 */
export function drawGaussian(size: number, deviation: number, draws: Draws): Tridiagonal {
  const diagonal = new Float64Array(size);
  const off = new Float64Array(size - 1);
  const unit = deviation / Math.sqrt(size);
  for (let i = 0; i < size; i++) diagonal[i] = Math.SQRT2 * unit * draws.normal();
  for (let i = 0; i < size - 1; i++) off[i] = unit * Math.sqrt(draws.chiSquare(size - 1 - i));
  return { diagonal, off };
}

/**
 * XXᵀ/M of an N × M matrix of standard normals in such a basis, BBᵀ/M with B lower bidiagonal, B_ii ~ χ_{M−i}, B_{i+1,i} ~
 * χ_{N−1−i} from i = 0 (Dumitriu & Edelman 2002); shifted to mean 0 and scaled to the deviation Δ.
 * @param samples M, at least N
 */
export function drawWishart(size: number, samples: number, deviation: number, draws: Draws): Tridiagonal {
  const diagonal = new Float64Array(size);
  const off = new Float64Array(size - 1);
  const scale = deviation / Math.sqrt(size / samples);
  let lower = 0;
  for (let i = 0; i < size; i++) {
    const square = draws.chiSquare(samples - i);
    diagonal[i] = scale * ((square + lower) / samples - 1);
    if (i === size - 1) break;
    lower = draws.chiSquare(size - 1 - i);
    off[i] = (scale * Math.sqrt(square * lower)) / samples;
  }
  return { diagonal, off };
}

/** out = A x. */
export function applyTridiagonal({ diagonal, off }: Tridiagonal, x: Float64Array, out: Float64Array): void {
  const last = x.length - 1;
  out[0] = diagonal[0] * x[0] + off[0] * x[1];
  for (let i = 1; i < last; i++) out[i] = off[i - 1] * x[i - 1] + diagonal[i] * x[i] + off[i] * x[i + 1];
  out[last] = off[last - 1] * x[last - 1] + diagonal[last] * x[last];
}
