import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { floats, integerAtLeast, list, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";

/** A curvature below this share of the largest counts as zero: it is what rounding leaves of a zero mode. */
const ZERO = 1e-10;

/**
 * The Hessian H at a point of the zero-loss manifold in its eigenbasis: λ_i ascending, exactly 0 for the zero modes, which
 * span the tangent space (L); the others span the transverse space (T).
 */
export interface Curvature {
  readonly size: number;
  /** Number of curvatures that are not zero. */
  readonly rank: number;
  readonly values: Float64Array;
  /** Row-major size × size; column i is the eigenvector q_i. */
  readonly vectors: Float64Array;
}

/**
 * @param hessian a symmetric matrix, row-major.
 * @param rank how many of the largest curvatures to keep; by default those above 1e-10 of the largest.
 * @throws InvalidParameterError for a matrix that is not square, not finite or not symmetric to 1e-9 of its largest element.
 */
export function curvatureOf(hessian: ArrayLike<number>, size: number, rank?: number): Curvature {
  integerAtLeast("size", size, 1);
  if (list("hessian", hessian).length !== size * size) {
    throw new InvalidParameterError("hessian.length", hessian.length, `${size * size}, a row-major matrix`);
  }
  const { values, vectors } = symmetricEigen(hessian, size);
  const largest = size > 0 ? Math.max(Math.abs(values[0]), Math.abs(values[size - 1])) : 0;
  const found = rank ?? values.filter((value) => value > ZERO * largest).length;
  for (let i = 0; i < size - found; i++) values[i] = 0;
  return { size, rank: found, values, vectors };
}

function symmetricEigen(matrix: ArrayLike<number>, size: number) {
  const full = new Matrix(size, size);
  let largest = 0;
  let skew = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const mean = 0.5 * (matrix[i * size + j] + matrix[j * size + i]);
      full.set(i, j, mean);
      largest = Math.max(largest, Math.abs(mean));
      skew = Math.max(skew, Math.abs(matrix[i * size + j] - mean));
    }
  }
  if (!(Number.isFinite(largest) && skew <= 1e-9 * largest)) {
    throw new InvalidParameterError("hessian", [...Array.from(matrix)], "a finite symmetric matrix");
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(full, { assumeSymmetric: true });
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) vectors[i * size + j] = eigenvectorMatrix.get(i, j);
  }
  return { values: Float64Array.from(realEigenvalues), vectors };
}

/** @throws InvalidParameterError unless it is one, as {@link curvatureOf} makes them. */
export function checkCurvature(curvature: Curvature): Curvature {
  const { size, vectors, values } = record("curvature", curvature);
  integerAtLeast("curvature.size", size, 1);
  floats("curvature.values", values);
  floats("curvature.vectors", vectors);
  return curvature;
}

/** Components of a vector in the eigenbasis, Qᵀv. */
export function toModes({ size, vectors }: Curvature, v: ArrayLike<number>): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) out[j] += vectors[i * size + j] * v[i];
  }
  return out;
}

/** The vector with given components in the eigenbasis, Qx. */
export function fromModes({ size, vectors }: Curvature, x: ArrayLike<number>): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += vectors[i * size + j] * x[j];
    out[i] = sum;
  }
  return out;
}

/** QᵀMQ: a matrix in the eigenbasis. */
export const matrixToModes = (curvature: Curvature, M: ArrayLike<number>): Float64Array =>
  sandwich(curvature.size, (i, j) => curvature.vectors[j * curvature.size + i], M);

/** QXQᵀ: a matrix of the eigenbasis in weights. */
export const matrixFromModes = (curvature: Curvature, X: ArrayLike<number>): Float64Array =>
  sandwich(curvature.size, (i, j) => curvature.vectors[i * curvature.size + j], X);

/** R M Rᵀ. */
function sandwich(size: number, R: (i: number, j: number) => number, M: ArrayLike<number>): Float64Array {
  const half = new Float64Array(size * size);
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = R(i, k);
      if (factor !== 0) for (let j = 0; j < size; j++) half[i * size + j] += factor * M[k * size + j];
    }
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += half[i * size + k] * R(j, k);
      out[i * size + j] = sum;
    }
  }
  return out;
}

/** P_L v: the part of a vector along the zero modes. */
export function alongManifold(curvature: Curvature, v: ArrayLike<number>): Float64Array {
  const modes = toModes(checkCurvature(curvature), list("v", v));
  modes.fill(0, curvature.size - curvature.rank);
  return fromModes(curvature, modes);
}

/** H^† v, H^† the pseudo-inverse of H. */
export function pseudoInverse(curvature: Curvature, v: ArrayLike<number>): Float64Array {
  const modes = toModes(checkCurvature(curvature), list("v", v));
  for (let i = 0; i < modes.length; i++)
    modes[i] = curvature.values[i] === 0 ? 0 : modes[i] / curvature.values[i];
  return fromModes(curvature, modes);
}

/** The projector P_L on the zero modes, row-major. */
export function tangentProjector(curvature: Curvature): Float64Array {
  const { size, rank, vectors } = checkCurvature(curvature);
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size - rank; k++)
        out[i * size + j] += vectors[i * size + k] * vectors[j * size + k];
    }
  }
  return out;
}
