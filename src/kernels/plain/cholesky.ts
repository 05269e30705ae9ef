import type { Kernels } from "../kernels";

/** Row by row, four entries at a time: their dot products overlap, and the sums stay in the order of the columns. */
export const factorCholesky: Kernels["factorCholesky"] = (size, matrix) => {
  for (let k = 0; k < size; k++) {
    const row = k * size;
    let j = 0;
    for (; j + 3 < k; j += 4) {
      reduceFour(size, matrix, row, j);
      for (let q = j; q < j + 4; q++) solveEntry(size, matrix, row, j, q);
    }
    for (; j < k; j++) solveEntry(size, matrix, row, 0, j);
    let square = matrix[row + k];
    for (let m = 0; m < k; m++) square -= matrix[row + m] * matrix[row + m];
    // NaN and infinity are no pivots either.
    if (!(square > 0 && square < Number.POSITIVE_INFINITY)) return k;
    matrix[row + k] = Math.sqrt(square);
  }
  return -1;
};

/** Takes the columns left of j off the entries j to j + 3 of a row. */
function reduceFour(size: number, matrix: Float64Array, row: number, j: number): void {
  const row0 = j * size;
  const row1 = row0 + size;
  const row2 = row1 + size;
  const row3 = row2 + size;
  let s0 = matrix[row + j];
  let s1 = matrix[row + j + 1];
  let s2 = matrix[row + j + 2];
  let s3 = matrix[row + j + 3];
  for (let m = 0; m < j; m++) {
    const x = matrix[row + m];
    s0 -= x * matrix[row0 + m];
    s1 -= x * matrix[row1 + m];
    s2 -= x * matrix[row2 + m];
    s3 -= x * matrix[row3 + m];
  }
  matrix[row + j] = s0;
  matrix[row + j + 1] = s1;
  matrix[row + j + 2] = s2;
  matrix[row + j + 3] = s3;
}

/** Entry j of a row, the columns left of `from` taken off already. */
function solveEntry(size: number, matrix: Float64Array, row: number, from: number, j: number): void {
  let rest = matrix[row + j];
  for (let m = from; m < j; m++) rest -= matrix[row + m] * matrix[j * size + m];
  matrix[row + j] = rest / matrix[j * size + j];
}
