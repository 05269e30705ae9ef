import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { integerAtLeast, record } from "../../core/check";
import type { SphericalSk } from "../../models/spherical-sk/problem";
import { createDraws } from "../../numerics/draws";
import type { Streams } from "../../numerics/streams";
import { eigenvectorOf, largestEigenvalue } from "./top-eigenvalues";
import { applyTridiagonal, drawGaussian, drawWishart, type Tridiagonal } from "./tridiagonal";

/** In which basis the random matrix is drawn: as it is, or such that it is tridiagonal. The same law. */
export type MatrixBasis = "tridiagonal" | "dense";

/** One draw of A. The signal, if any, is along the first axis. */
export interface CouplingMatrix {
  /** out = A x. */
  apply(x: Float64Array, out: Float64Array): void;
  /** λ1, λ2, and the unit eigenvector of λ1. */
  readonly topEigenvalue: number;
  readonly secondEigenvalue: number;
  readonly topEigenvector: Float64Array;
}

/** What the draw of A depends on; plain data. */
export type MatrixLaw = Pick<SphericalSk, "noise" | "signal" | "spectrum">;

/** Draws A = ΔW + signal·e₁e₁ᵀ of one sample. */
export function drawMatrix(
  law: MatrixLaw,
  size: number,
  basis: MatrixBasis,
  streams: Streams,
  sample: number,
): CouplingMatrix {
  record("law", law);
  record("streams", streams, ["stream"]);
  integerAtLeast("size", size, 1);
  if (basis === "dense") return drawDense(law, size, streams, sample);
  const draws = createDraws(streams.stream("disorder", sample, 0), streams.stream("disorder", sample, 1));
  const { noise, signal, spectrum } = law;
  const matrix: Tridiagonal =
    spectrum === "semicircle"
      ? drawGaussian(size, noise, draws)
      : drawWishart(size, Math.round(size / spectrum.ratio), noise, draws);
  matrix.diagonal[0] += signal;
  const topEigenvalue = largestEigenvalue(matrix);
  return {
    apply: (x, out) => applyTridiagonal(matrix, x, out),
    topEigenvalue,
    secondEigenvalue: largestEigenvalue(matrix, 1),
    topEigenvector: eigenvectorOf(matrix, topEigenvalue),
  };
}

/** The matrix as it is, O(N²) a step, its spectrum by ml-matrix: the twin that the tridiagonal basis is checked against. */
function drawDense(law: MatrixLaw, size: number, streams: Streams, sample: number): CouplingMatrix {
  const entries = law.spectrum === "semicircle" ? gaussianEntries() : wishartEntries(law.spectrum.ratio);
  entries[0] += law.signal;
  const rows = Array.from({ length: size }, (_, i) => Array.from(entries.subarray(i * size, (i + 1) * size)));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(rows), {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  return {
    apply(x, out) {
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let j = 0, at = i * size; j < size; j++, at++) sum += entries[at] * x[j];
        out[i] = sum;
      }
    },
    topEigenvalue: realEigenvalues[order[0]],
    secondEigenvalue: realEigenvalues[order[1]],
    topEigenvector: Float64Array.from(eigenvectorMatrix.getColumn(order[0])),
  };

  function gaussianEntries(): Float64Array {
    const stream = streams.stream("disorder", sample, 2);
    const matrix = new Float64Array(size * size);
    const row = new Float64Array(size);
    const unit = law.noise / Math.sqrt(size);
    for (let i = 0; i < size; i++) {
      stream.fillNormal(row, i);
      matrix[i * size + i] = Math.SQRT2 * unit * row[i];
      for (let j = i + 1; j < size; j++) matrix[i * size + j] = matrix[j * size + i] = unit * row[j];
    }
    return matrix;
  }

  function wishartEntries(ratio: number): Float64Array {
    const count = Math.round(size / ratio);
    const stream = streams.stream("disorder", sample, 2);
    const matrix = new Float64Array(size * size);
    const column = new Float64Array(size);
    const scale = law.noise / Math.sqrt(size / count);
    for (let k = 0; k < count; k++) {
      stream.fillNormal(column);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) matrix[i * size + j] += (scale * column[i] * column[j]) / count;
      }
    }
    for (let i = 0; i < size; i++) matrix[i * size + i] -= scale;
    return matrix;
  }
}
