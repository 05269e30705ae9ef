import type { Kernels } from "../kernels";

/**
 * Four rows go together: x_k and gradient_k are then loaded once for four entries, and the four dot products overlap.
 * The triangle where the four rows meet the diagonal is written out: as a loop it costs a third of the speed.
 */
export const contractTriangle: Kernels["contractTriangle"] = (
  entries,
  position,
  start,
  x,
  gradient,
  weight,
) => {
  const size = x.length;
  let sum = 0;
  let j = start;
  // Entry (j, k) stands at row0 + k, entry (j + 1, k) at row1 + k, and so on.
  let row0 = position - start;
  for (; j + 3 < size; j += 4) {
    const row1 = row0 + (size - j - 1);
    const row2 = row1 + (size - j - 2);
    const row3 = row2 + (size - j - 3);
    const x0 = x[j];
    const x1 = x[j + 1];
    const x2 = x[j + 2];
    const x3 = x[j + 3];
    const a00 = entries[row0 + j];
    const a01 = entries[row0 + j + 1];
    const a02 = entries[row0 + j + 2];
    const a03 = entries[row0 + j + 3];
    const a11 = entries[row1 + j + 1];
    const a12 = entries[row1 + j + 2];
    const a13 = entries[row1 + j + 3];
    const a22 = entries[row2 + j + 2];
    const a23 = entries[row2 + j + 3];
    const a33 = entries[row3 + j + 3];
    let dot0 = a00 * x0 + a01 * x1 + a02 * x2 + a03 * x3;
    let dot1 = a11 * x1 + a12 * x2 + a13 * x3;
    let dot2 = a22 * x2 + a23 * x3;
    let dot3 = a33 * x3;
    const w0 = weight * x0;
    const w1 = weight * x1;
    const w2 = weight * x2;
    const w3 = weight * x3;
    for (let k = j + 4; k < size; k++) {
      const a0 = entries[row0 + k];
      const a1 = entries[row1 + k];
      const a2 = entries[row2 + k];
      const a3 = entries[row3 + k];
      const xk = x[k];
      dot0 += a0 * xk;
      dot1 += a1 * xk;
      dot2 += a2 * xk;
      dot3 += a3 * xk;
      gradient[k] += w0 * a0 + w1 * a1 + (w2 * a2 + w3 * a3);
    }
    gradient[j] += weight * dot0 + w0 * a00;
    gradient[j + 1] += weight * dot1 + w0 * a01 + w1 * a11;
    gradient[j + 2] += weight * dot2 + w0 * a02 + w1 * a12 + w2 * a22;
    gradient[j + 3] += weight * dot3 + w0 * a03 + w1 * a13 + w2 * a23 + w3 * a33;
    sum += x0 * dot0 + x1 * dot1 + x2 * dot2 + x3 * dot3;
    row0 = row3 + (size - j - 4);
  }
  for (; j < size; j++) {
    const rowWeight = weight * x[j];
    let dot = 0;
    for (let k = j; k < size; k++) {
      const a = entries[row0 + k];
      dot += a * x[k];
      gradient[k] += rowWeight * a;
    }
    gradient[j] += weight * dot;
    sum += x[j] * dot;
    row0 += size - j - 1;
  }
  return sum;
};
