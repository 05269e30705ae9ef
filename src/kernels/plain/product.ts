import type { Reals } from "../kernels";

/** C ← C + A B. */
export function multiplyAdd(
  rows: number,
  inner: number,
  columns: number,
  a: Reals,
  b: Reals,
  c: Reals,
): void {
  multiplyTiles(rows, inner, columns, a, inner, 1, b, c);
}

/** C ← C + Aᵀ B. */
export function multiplyTransposedAdd(
  rows: number,
  inner: number,
  columns: number,
  a: Reals,
  b: Reals,
  c: Reals,
): void {
  multiplyTiles(rows, inner, columns, a, 1, rows, b, c);
}

/** A(i,k) at i·down + k·along. Two rows by two columns at a time share their loads; the rest goes singly. */
function multiplyTiles(
  rows: number,
  inner: number,
  columns: number,
  a: Reals,
  down: number,
  along: number,
  b: Reals,
  c: Reals,
): void {
  let i = 0;
  for (; i + 1 < rows; i += 2) {
    let j = 0;
    for (; j + 1 < columns; j += 2) {
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let p = i * down;
      let q = j;
      for (let k = 0; k < inner; k++) {
        const a0 = a[p];
        const a1 = a[p + down];
        const b0 = b[q];
        const b1 = b[q + 1];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s10 += a1 * b0;
        s11 += a1 * b1;
        p += along;
        q += columns;
      }
      const above = i * columns + j;
      const below = above + columns;
      c[above] += s00;
      c[above + 1] += s01;
      c[below] += s10;
      c[below + 1] += s11;
    }
    for (; j < columns; j++) {
      c[i * columns + j] += dot(inner, columns, a, i * down, along, b, j);
      c[(i + 1) * columns + j] += dot(inner, columns, a, (i + 1) * down, along, b, j);
    }
  }
  for (; i < rows; i++) {
    for (let j = 0; j < columns; j++) c[i * columns + j] += dot(inner, columns, a, i * down, along, b, j);
  }
}

/** Row of A times column j of B. */
function dot(
  inner: number,
  columns: number,
  a: Reals,
  row: number,
  along: number,
  b: Reals,
  j: number,
): number {
  let sum = 0;
  for (let k = 0; k < inner; k++) sum += a[row + k * along] * b[j + k * columns];
  return sum;
}
