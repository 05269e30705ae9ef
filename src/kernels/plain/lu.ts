import type { Kernels } from "../kernels";
import { solveTriangle } from "./substitution";

/** Columns eliminated together: what is right of and below them is then loaded and stored once for all four. */
const BAND = 4;

/** Band by band: its columns, its rows to the right, and what is left of the matrix. */
export const factorLU: Kernels["factorLU"] = (size, matrix, pivots) => {
  for (let first = 0; first < size; first += BAND) {
    const end = Math.min(first + BAND, size);
    const failure = eliminateColumns(size, matrix, pivots, first, end);
    if (failure >= 0) return failure;
    for (let k = first; k < end; k++) {
      for (let i = k + 1; i < end; i++) {
        const multiplier = matrix[i * size + k];
        for (let j = end; j < size; j++) matrix[i * size + j] -= multiplier * matrix[k * size + j];
      }
    }
    if (end - first === BAND) for (let i = end; i < size; i++) subtractRows(size, matrix, first, i);
  }
  return -1;
};

/** B ← A⁻¹ B. */
export const solveLU: Kernels["solveLU"] = (size, factors, pivots, columns, b) => {
  for (let k = 0; k < size; k++) swapRows(columns, b, k, pivots[k]);
  solveTriangle(size, factors, 0, size, 1, true, columns, b);
  solveTriangle(size, factors, size * size - 1, -size, -1, false, columns, b);
};

/** Columns `first` ≤ k < `end` one by one; further right, rows are exchanged only. */
function eliminateColumns(
  size: number,
  matrix: Float64Array,
  pivots: Int32Array,
  first: number,
  end: number,
): number {
  for (let k = first; k < end; k++) {
    const row = pivotRow(size, matrix, k);
    if (row < 0) return k;
    pivots[k] = row;
    swapRows(size, matrix, k, row);
    const pivot = matrix[k * size + k];
    for (let i = k + 1; i < size; i++) {
      const multiplier = matrix[i * size + k] / pivot;
      matrix[i * size + k] = multiplier;
      for (let j = k + 1; j < end; j++) matrix[i * size + j] -= multiplier * matrix[k * size + j];
    }
  }
  return -1;
}

/** Takes the rows of a band off row i, right of the band. */
function subtractRows(size: number, matrix: Float64Array, first: number, i: number): void {
  const row = i * size;
  const m0 = matrix[row + first];
  const m1 = matrix[row + first + 1];
  const m2 = matrix[row + first + 2];
  const m3 = matrix[row + first + 3];
  const row0 = first * size;
  const row1 = row0 + size;
  const row2 = row1 + size;
  const row3 = row2 + size;
  for (let j = first + BAND; j < size; j++) {
    matrix[row + j] =
      matrix[row + j] -
      m0 * matrix[row0 + j] -
      m1 * matrix[row1 + j] -
      m2 * matrix[row2 + j] -
      m3 * matrix[row3 + j];
  }
}

/** Row ≥ k of the entry of largest magnitude in column k, the first of several; −1 without a finite one but 0. */
function pivotRow(size: number, matrix: Float64Array, k: number): number {
  let largest = 0;
  let row = -1;
  for (let i = k; i < size; i++) {
    const magnitude = Math.abs(matrix[i * size + k]);
    // Not the other way round: NaN has to come through.
    if (!(magnitude <= largest)) {
      if (!(magnitude < Number.POSITIVE_INFINITY)) return -1;
      largest = magnitude;
      row = i;
    }
  }
  return row;
}

function swapRows(columns: number, matrix: Float64Array, i: number, j: number): void {
  if (i === j) return;
  for (let k = 0; k < columns; k++) {
    const x = matrix[i * columns + k];
    matrix[i * columns + k] = matrix[j * columns + k];
    matrix[j * columns + k] = x;
  }
}
