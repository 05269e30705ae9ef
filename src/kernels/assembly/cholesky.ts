import { subtractProduct } from "./product";
import { firstPart, NARROW } from "./substitution";

/** See Kernels.factorCholesky. */
export function factorCholesky(size: i32, matrix: usize): i32 {
  return factorColumns(size, matrix, 0, size);
}

/** Eliminates the columns `first` ≤ k < `end`, halves of them one after the other: see factorLU. */
function factorColumns(size: i32, matrix: usize, first: i32, end: i32): i32 {
  if (end - first <= NARROW) return factorNarrow(size, matrix, first, end);
  const middle = first + firstPart(end - first);
  const failure = factorColumns(size, matrix, first, middle);
  if (failure >= 0) return failure;
  const stride = <usize>size << 3;
  const rows = matrix + <usize>middle * stride + (<usize>first << 3);
  const square = matrix + <usize>middle * (stride + 8);
  subtractLower(size, end - middle, middle - first, rows, square);
  const below = <usize>(end - middle) * stride;
  subtractProduct(
    size - end, middle - first, end - middle, rows + below, size, 1, rows, 1, size, square + below, size,
  );
  return factorColumns(size, matrix, middle, end);
}

/** The lower triangle of a square C ← C − A Aᵀ, A count × inner, both with rows of `size` numbers. */
function subtractLower(size: i32, count: i32, inner: i32, a: usize, square: usize): void {
  const stride = <usize>size << 3;
  if (count > NARROW) {
    const top = firstPart(count);
    const down = <usize>top * stride;
    subtractLower(size, top, inner, a, square);
    subtractProduct(count - top, inner, top, a + down, size, 1, a, 1, size, square + down, size);
    subtractLower(size, count - top, inner, a + down, square + down + (<usize>top << 3));
    return;
  }
  for (let i = 0; i < count; i++) {
    const row = <usize>i * stride;
    for (let j = 0; j <= i; j++) {
      const entry = square + row + (<usize>j << 3);
      store<f64>(entry, minusDot(inner, load<f64>(entry), a + row, a + <usize>j * stride));
    }
  }
}

/** Row by row, the columns left of `first` done with. */
function factorNarrow(size: i32, matrix: usize, first: i32, end: i32): i32 {
  const stride = <usize>size << 3;
  for (let k = first; k < end; k++) {
    const pivotRow = matrix + <usize>k * stride + (<usize>first << 3);
    const diagonal = matrix + <usize>k * (stride + 8);
    const square = minusDot(k - first, load<f64>(diagonal), pivotRow, pivotRow);
    // NaN and infinity are no pivots either.
    if (!(square > 0 && square < Infinity)) return k;
    const pivot = Math.sqrt(square);
    store<f64>(diagonal, pivot);
    let row = pivotRow;
    let entry = diagonal;
    for (let i = k + 1; i < size; i++) {
      row += stride;
      entry += stride;
      store<f64>(entry, minusDot(k - first, load<f64>(entry), row, pivotRow) / pivot);
    }
  }
  return -1;
}

/** `start` − x · y, term after term. */
// @ts-ignore: decorator
@inline
function minusDot(count: i32, start: f64, x: usize, y: usize): f64 {
  let rest = start;
  const end = x + (<usize>count << 3);
  while (x < end) {
    rest -= load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return rest;
}
