import { band, bandDot } from "./band";

/** See Kernels.sweepTwoTime: packed lower triangles with unit diagonals, rows `from` ≤ k < `to`. */
export function sweepTwoTime(
  from: i32,
  to: i32,
  correlation: usize,
  response: usize,
  kernel: usize,
  source: usize,
  memory: usize,
  forcing: usize,
  delayed: usize,
): void {
  let k = from;
  for (; k + 4 <= to; k += 4) {
    bandOfTriangle(k, correlation, kernel, kernel, memory, memory);
    bandOfTriangle(k, response, kernel, source, delayed, forcing);
    rows(k, k + 4, k, correlation, response, kernel, source, memory, forcing, delayed);
  }
  for (let rest = k; rest < to; rest++) {
    store<f64>(memory + at(rest), 0);
    store<f64>(forcing + at(rest), 0);
  }
  rows(k, to, 0, correlation, response, kernel, source, memory, forcing, delayed);
}

// @ts-ignore: decorator
@inline
function at(index: i32): usize {
  return <usize>index << 3;
}

/** Rows k to k + 3 left of column k. */
function bandOfTriangle(k: i32, triangle: usize, weight: usize, along: usize, sums: usize, dots: usize): void {
  const row0 = triangle + ((<usize>k * <usize>(k + 1)) << 2);
  const row1 = row0 + at(k + 1);
  const row2 = row1 + at(k + 2);
  const row3 = row2 + at(k + 3);
  const w = weight + at(k);
  band(k, row0, row1, row2, row3, along, sums, load<f64>(w), load<f64>(w, 8), load<f64>(w, 16), load<f64>(w, 24));
  const d = dots + at(k);
  store<f64>(d, bandDot(0));
  store<f64>(d, bandDot(1), 8);
  store<f64>(d, bandDot(2), 16);
  store<f64>(d, bandDot(3), 24);
}

/** Rows `from` ≤ k < `to` from column `left` to the unit diagonal; the dot products go on from what stands. */
function rows(
  from: i32,
  to: i32,
  left: i32,
  correlation: usize,
  response: usize,
  kernel: usize,
  source: usize,
  memory: usize,
  forcing: usize,
  delayed: usize,
): void {
  for (let k = from; k < to; k++) {
    const row = (<usize>k * <usize>(k + 1)) << 2;
    const weight = load<f64>(kernel + at(k));
    let memoryDot: f64 = 0;
    let forcingDot: f64 = 0;
    for (let j = left; j < k; j++) {
      const c = load<f64>(correlation + row + at(j));
      const r = load<f64>(response + row + at(j));
      memoryDot += load<f64>(kernel + at(j)) * c;
      forcingDot += load<f64>(source + at(j)) * r;
      store<f64>(memory + at(j), load<f64>(memory + at(j)) + weight * c);
      store<f64>(delayed + at(j), load<f64>(delayed + at(j)) + weight * r);
    }
    store<f64>(memory + at(k), load<f64>(memory + at(k)) + (memoryDot + weight));
    store<f64>(forcing + at(k), load<f64>(forcing + at(k)) + (forcingDot + load<f64>(source + at(k))));
    store<f64>(delayed + at(k), weight);
  }
}
