import type { Kernels } from "../kernels";

/** B ← L⁻¹ B. */
export const solveLower: Kernels["solveLower"] = (size, lower, columns, b) => {
  solveTriangle(size, lower, 0, size, 1, false, columns, b);
};

/** B ← L⁻ᵀ B. */
export const solveLowerTransposed: Kernels["solveLowerTransposed"] = (size, lower, columns, b) => {
  solveTriangle(size, lower, size * size - 1, -1, -size, false, columns, b);
};

/**
 * B ← T⁻¹ B row by row. Entry (i, k) of T, in the order of the substitution, stands at start + i·down + k·along; with
 * negative strides an upper triangle is read from its end on, and so are the rows of B. Two rows are taken off at a
 * time, so that B is loaded and stored half as often.
 */
export function solveTriangle(
  size: number,
  triangle: Float64Array,
  start: number,
  down: number,
  along: number,
  unit: boolean,
  columns: number,
  b: Float64Array,
): void {
  const stride = down + along < 0 ? -columns : columns;
  const first = stride < 0 ? (size - 1) * columns : 0;
  for (let i = 0; i < size; i++) {
    const row = first + i * stride;
    const entries = start + i * down;
    let k = 0;
    for (; k + 1 < i; k += 2) {
      const t0 = triangle[entries + k * along];
      const t1 = triangle[entries + (k + 1) * along];
      const from = first + k * stride;
      for (let j = 0; j < columns; j++) {
        b[row + j] = b[row + j] - t0 * b[from + j] - t1 * b[from + stride + j];
      }
    }
    if (k < i) {
      const t = triangle[entries + k * along];
      for (let j = 0; j < columns; j++) b[row + j] -= t * b[first + k * stride + j];
    }
    if (unit) continue;
    const diagonal = triangle[entries + i * along];
    for (let j = 0; j < columns; j++) b[row + j] /= diagonal;
  }
}
