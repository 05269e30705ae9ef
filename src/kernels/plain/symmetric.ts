import type { Kernels } from "../kernels";

/** One pass over the lower triangle: each entry stands for two. */
export const symmetricTimesVector: Kernels["symmetricTimesVector"] = (size, matrix, x, y) => {
  y.fill(0, 0, size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const xi = x[i];
    let dot = 0;
    for (let j = 0; j < i; j++) {
      const entry = matrix[row + j];
      dot += entry * x[j];
      y[j] += xi * entry;
    }
    y[i] += dot + matrix[row + i] * xi;
  }
};
