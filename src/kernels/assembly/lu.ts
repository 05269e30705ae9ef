import { subtractProduct } from "./product";
import { firstPart, NARROW, solveLowerTriangle, solveUpperTriangle } from "./substitution";

/** See Kernels.factorLU. */
export function factorLU(size: i32, matrix: usize, pivots: usize): i32 {
  return factorColumns(size, matrix, pivots, 0, size);
}

/** See Kernels.solveLU. */
export function solveLU(size: i32, factors: usize, pivots: usize, columns: i32, b: usize): void {
  for (let k = 0; k < size; k++) {
    swapRows(columns, b, k, load<i32>(pivots + (<usize>k << 2)));
  }
  solveLowerTriangle(size, factors, size, 1, true, columns, b, columns);
  solveUpperTriangle(size, factors, size, 1, columns, b);
}

/**
 * Eliminates the columns `first` ≤ k < `end`, halves of them one after the other, so that most of the work is the
 * product between the two; the columns further right see the exchanges only.
 */
function factorColumns(size: i32, matrix: usize, pivots: usize, first: i32, end: i32): i32 {
  if (end - first <= NARROW) return factorNarrow(size, matrix, pivots, first, end);
  const middle = first + firstPart(end - first);
  const failure = factorColumns(size, matrix, pivots, first, middle);
  if (failure >= 0) return failure;
  const stride = <usize>size << 3;
  const left = matrix + (<usize>first << 3);
  const right = matrix + (<usize>middle << 3);
  const above = right + <usize>first * stride;
  const below = <usize>middle * stride;
  solveLowerTriangle(middle - first, left + <usize>first * stride, size, 1, true, end - middle, above, size);
  subtractProduct(
    size - middle, middle - first, end - middle, left + below, size, 1, above, size, 1, right + below, size,
  );
  return factorColumns(size, matrix, pivots, middle, end);
}

/** Column by column. */
function factorNarrow(size: i32, matrix: usize, pivots: usize, first: i32, end: i32): i32 {
  const stride = <usize>size << 3;
  for (let k = first; k < end; k++) {
    const diagonal = matrix + <usize>k * (stride + 8);
    const row = pivotRow(size, diagonal, k);
    if (row < 0) return k;
    store<i32>(pivots + (<usize>k << 2), row);
    swapRows(size, matrix, k, row);
    const pivot = load<f64>(diagonal);
    let entry = diagonal;
    for (let i = k + 1; i < size; i++) {
      entry += stride;
      const multiplier = load<f64>(entry) / pivot;
      store<f64>(entry, multiplier);
      for (let j: usize = 8; j < <usize>(end - k) << 3; j += 8) {
        store<f64>(entry + j, load<f64>(entry + j) - multiplier * load<f64>(diagonal + j));
      }
    }
  }
  return -1;
}

/** Row ≥ k of the entry of largest magnitude in column k, the first of several; −1 without a finite one but 0. */
function pivotRow(size: i32, diagonal: usize, k: i32): i32 {
  let largest: f64 = 0;
  let row = -1;
  let entry = diagonal;
  for (let i = k; i < size; i++) {
    const magnitude = abs(load<f64>(entry));
    // Not the other way round: NaN has to come through.
    if (!(magnitude <= largest)) {
      if (!(magnitude < Infinity)) return -1;
      largest = magnitude;
      row = i;
    }
    entry += <usize>size << 3;
  }
  return row;
}

function swapRows(columns: i32, matrix: usize, i: i32, j: i32): void {
  if (i == j) return;
  let p = matrix + ((<usize>i * <usize>columns) << 3);
  let q = matrix + ((<usize>j * <usize>columns) << 3);
  for (let k = 0; k < columns; k++) {
    const x = load<f64>(p);
    store<f64>(p, load<f64>(q));
    store<f64>(q, x);
    p += 8;
    q += 8;
  }
}
