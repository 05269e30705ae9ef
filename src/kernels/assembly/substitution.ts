import { subtractProduct } from "./product";

/** Columns, or rows, taken one by one; more are halved. */
// @ts-ignore: decorator
@inline
export const NARROW: i32 = 4;

/** About half of them, in whole tiles. */
// @ts-ignore: decorator
@inline
export function firstPart(count: i32): i32 {
  return ((count + 7) >> 3) << 2;
}

/** See Kernels.solveLower. */
export function solveLower(size: i32, lower: usize, columns: i32, b: usize): void {
  solveLowerTriangle(size, lower, size, 1, false, columns, b, columns);
}

/** See Kernels.solveLowerTransposed. */
export function solveLowerTransposed(size: i32, lower: usize, columns: i32, b: usize): void {
  solveUpperTriangle(size, lower, 1, size, columns, b);
}

/** B ← U⁻¹ B, U(i,k) at upper + i·down + k·along in numbers: from its end on, it is a lower triangle. */
export function solveUpperTriangle(
  size: i32,
  upper: usize,
  down: i32,
  along: i32,
  columns: i32,
  b: usize,
): void {
  const last = <usize>(size - 1);
  const corner = upper + ((last * <usize>(down + along)) << 3);
  solveLowerTriangle(size, corner, -down, -along, false, columns, b + ((last * <usize>columns) << 3), -columns);
}

/** B ← L⁻¹ B, L(i,k) at lower + i·down + k·along, the rows of B `stride` apart, all in numbers. */
export function solveLowerTriangle(
  size: i32,
  lower: usize,
  down: i32,
  along: i32,
  unit: bool,
  columns: i32,
  b: usize,
  stride: i32,
): void {
  if (size <= NARROW) return solveNarrow(size, lower, down, along, unit, columns, b, stride);
  const top = firstPart(size);
  const left = lower + ((<usize>top * <usize>down) << 3);
  const below = b + ((<usize>top * <usize>stride) << 3);
  solveLowerTriangle(top, lower, down, along, unit, columns, b, stride);
  subtractProduct(size - top, top, columns, left, down, along, b, stride, 1, below, stride);
  const rest = left + ((<usize>top * <usize>along) << 3);
  solveLowerTriangle(size - top, rest, down, along, unit, columns, below, stride);
}

/** Row by row. */
function solveNarrow(
  size: i32,
  lower: usize,
  down: i32,
  along: i32,
  unit: bool,
  columns: i32,
  b: usize,
  stride: i32,
): void {
  for (let i = 0; i < size; i++) {
    const row = b + ((<usize>i * <usize>stride) << 3);
    let entry = lower + ((<usize>i * <usize>down) << 3);
    for (let k = 0; k < i; k++) {
      subtractRow(columns, load<f64>(entry), b + ((<usize>k * <usize>stride) << 3), row);
      entry += <usize>along << 3;
    }
    if (!unit) divideRow(columns, load<f64>(entry), row);
  }
}

/** `to` ← `to` − weight `from`. */
// @ts-ignore: decorator
@inline
function subtractRow(count: i32, weight: f64, from: usize, to: usize): void {
  const weights = f64x2.splat(weight);
  const end = to + (<usize>(count & ~1) << 3);
  while (to < end) {
    v128.store(to, f64x2.sub(v128.load(to), f64x2.mul(weights, v128.load(from))));
    from += 16;
    to += 16;
  }
  if (count & 1) store<f64>(to, load<f64>(to) - weight * load<f64>(from));
}

// @ts-ignore: decorator
@inline
function divideRow(count: i32, divisor: f64, row: usize): void {
  const end = row + (<usize>count << 3);
  while (row < end) {
    store<f64>(row, load<f64>(row) / divisor);
    row += 8;
  }
}
