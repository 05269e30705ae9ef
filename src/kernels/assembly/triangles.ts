import { band, bandDot } from "./band";

// @ts-ignore: decorator
@inline
function at(index: i32): usize {
  return <usize>index << 3;
}

/** See Kernels.symmetricTimesVector. */
export function symmetricTimesVector(size: i32, matrix: usize, x: usize, y: usize): void {
  memory.fill(y, 0, at(size));
  const stride = at(size);
  let i = 0;
  for (; i + 4 <= size; i += 4) {
    const row = matrix + <usize>i * stride;
    const w = x + at(i);
    band(
      i, row, row + stride, row + 2 * stride, row + 3 * stride, x, y,
      load<f64>(w), load<f64>(w, 8), load<f64>(w, 16), load<f64>(w, 24),
    );
    for (let q = 0; q < 4; q++) store<f64>(y + at(i + q), bandDot(q));
    rowsTimes(i, i + 4, i, row, stride, x, y);
  }
  rowsTimes(i, size, 0, matrix + <usize>i * stride, stride, x, y);
}

/** Rows `from` ≤ i < `to` from column `left` to their diagonal. */
function rowsTimes(from: i32, to: i32, left: i32, first: usize, stride: usize, x: usize, y: usize): void {
  let row = first;
  for (let i = from; i < to; i++) {
    const xi = load<f64>(x + at(i));
    let dot: f64 = 0;
    for (let j = left; j < i; j++) {
      const entry = load<f64>(row + at(j));
      dot += entry * load<f64>(x + at(j));
      store<f64>(y + at(j), load<f64>(y + at(j)) + xi * entry);
    }
    store<f64>(y + at(i), load<f64>(y + at(i)) + (dot + load<f64>(row + at(i)) * xi));
    row += stride;
  }
}

/** See Kernels.contractTriangle: `entries` is where row `start` begins. */
export function contractTriangle(
  entries: usize,
  start: i32,
  size: i32,
  x: usize,
  gradient: usize,
  weight: f64,
): f64 {
  let value: f64 = 0;
  let j = start;
  let row = entries;
  for (; j + 4 <= size; j += 4) {
    const row1 = row + at(size - j);
    const row2 = row1 + at(size - j - 1);
    const row3 = row2 + at(size - j - 2);
    const next = row3 + at(size - j - 3);
    const x0 = load<f64>(x + at(j));
    const x1 = load<f64>(x + at(j + 1));
    const x2 = load<f64>(x + at(j + 2));
    const x3 = load<f64>(x + at(j + 3));
    // Columns j + 4 on, where all four rows have entries.
    band(
      size - j - 4, row + 32, row1 + 24, row2 + 16, row3 + 8, x + at(j + 4), gradient + at(j + 4),
      weight * x0, weight * x1, weight * x2, weight * x3,
    );
    const a00 = load<f64>(row);
    const a01 = load<f64>(row, 8);
    const a02 = load<f64>(row, 16);
    const a03 = load<f64>(row, 24);
    const a11 = load<f64>(row1);
    const a12 = load<f64>(row1, 8);
    const a13 = load<f64>(row1, 16);
    const a22 = load<f64>(row2);
    const a23 = load<f64>(row2, 8);
    const a33 = load<f64>(row3);
    const d0 = bandDot(0) + (a00 * x0 + a01 * x1 + a02 * x2 + a03 * x3);
    const d1 = bandDot(1) + (a11 * x1 + a12 * x2 + a13 * x3);
    const d2 = bandDot(2) + (a22 * x2 + a23 * x3);
    const d3 = bandDot(3) + a33 * x3;
    value += x0 * d0 + x1 * d1 + x2 * d2 + x3 * d3;
    const g = gradient + at(j);
    store<f64>(g, load<f64>(g) + weight * (d0 + a00 * x0));
    store<f64>(g, load<f64>(g, 8) + weight * (d1 + a01 * x0 + a11 * x1), 8);
    store<f64>(g, load<f64>(g, 16) + weight * (d2 + a02 * x0 + a12 * x1 + a22 * x2), 16);
    store<f64>(g, load<f64>(g, 24) + weight * (d3 + a03 * x0 + a13 * x1 + a23 * x2 + a33 * x3), 24);
    row = next;
  }
  for (; j < size; j++) {
    const xj = load<f64>(x + at(j));
    let dot: f64 = 0;
    for (let k = j; k < size; k++) {
      const entry = load<f64>(row);
      dot += entry * load<f64>(x + at(k));
      store<f64>(gradient + at(k), load<f64>(gradient + at(k)) + weight * xj * entry);
      row += 8;
    }
    value += xj * dot;
    store<f64>(gradient + at(j), load<f64>(gradient + at(j)) + weight * dot);
  }
  return value;
}
