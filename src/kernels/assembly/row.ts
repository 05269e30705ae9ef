import { sumLanes } from "./vector";

/*
 * The loops along one row of the two-time equations: two columns at a time, then the last one of an odd number. See
 * TwoTimeKernels.
 */

/** Bytes of the columns that are taken in pairs. */
// @ts-ignore: decorator
@inline
function paired(count: i32): usize {
  return <usize>(count & ~1) << 3;
}

export function polynomial(count: i32, degree: i32, coefficients: usize, x: usize, out: usize): void {
  const end = paired(count);
  for (let j: usize = 0; j < end; j += 16) {
    const q = v128.load(x + j);
    let at = coefficients + (<usize>degree << 3);
    let sum = v128.load64_splat(at);
    while (at > coefficients) {
      at -= 8;
      sum = f64x2.add(f64x2.mul(sum, q), v128.load64_splat(at));
    }
    v128.store(out + j, sum);
  }
  if (count & 1) {
    const q = load<f64>(x + end);
    let at = coefficients + (<usize>degree << 3);
    let sum = load<f64>(at);
    while (at > coefficients) {
      at -= 8;
      sum = sum * q + load<f64>(at);
    }
    store<f64>(out + end, sum);
  }
}

export function predictRow(
  count: i32,
  step: f64,
  base: usize,
  f1: usize,
  f2: usize,
  f3: usize,
  f4: usize,
  out: usize,
): void {
  const w1 = 2.5 * step;
  const w2 = -3 * step;
  const w3 = 2 * step;
  const w4 = -0.5 * step;
  const v1 = f64x2.splat(w1);
  const v2 = f64x2.splat(w2);
  const v3 = f64x2.splat(w3);
  const v4 = f64x2.splat(w4);
  const end = paired(count);
  for (let j: usize = 0; j < end; j += 16) {
    const older = f64x2.add(f64x2.mul(v3, v128.load(f3 + j)), f64x2.mul(v4, v128.load(f4 + j)));
    const newer = f64x2.add(f64x2.mul(v1, v128.load(f1 + j)), f64x2.mul(v2, v128.load(f2 + j)));
    v128.store(out + j, f64x2.add(v128.load(base + j), f64x2.add(newer, older)));
  }
  if (count & 1) {
    const older = w3 * load<f64>(f3 + end) + w4 * load<f64>(f4 + end);
    const newer = w1 * load<f64>(f1 + end) + w2 * load<f64>(f2 + end);
    store<f64>(out + end, load<f64>(base + end) + (newer + older));
  }
}

export function stepRow(
  count: i32,
  scale: f64,
  half: f64,
  base: usize,
  before: usize,
  now: usize,
  out: usize,
): void {
  const scales = f64x2.splat(scale);
  const halves = f64x2.splat(half);
  const end = paired(count);
  for (let j: usize = 0; j < end; j += 16) {
    const change = f64x2.mul(halves, f64x2.add(v128.load(before + j), v128.load(now + j)));
    v128.store(out + j, f64x2.mul(scales, f64x2.add(v128.load(base + j), change)));
  }
  if (count & 1) {
    const change = half * (load<f64>(before + end) + load<f64>(now + end));
    store<f64>(out + end, scale * (load<f64>(base + end) + change));
  }
}

export function slopeOfRow(count: i32, decay: f64, rightSide: usize, row: usize, out: usize): void {
  const decays = f64x2.splat(decay);
  const end = paired(count);
  for (let j: usize = 0; j < end; j += 16) {
    v128.store(out + j, f64x2.sub(v128.load(rightSide + j), f64x2.mul(decays, v128.load(row + j))));
  }
  if (count & 1) store<f64>(out + end, load<f64>(rightSide + end) - decay * load<f64>(row + end));
}

export function rightSideOfCorrelation(
  count: i32,
  speed: f64,
  field: f64,
  memory: usize,
  forcing: usize,
  starting: usize,
  first: usize,
  overlap: usize,
  out: usize,
): void {
  const speeds = f64x2.splat(speed);
  const fields = f64x2.splat(field);
  const end = paired(count);
  for (let j: usize = 0; j < end; j += 16) {
    const half = f64x2.mul(v128.load(starting + j), v128.load(first + j));
    const sums = f64x2.add(v128.load(memory + j), f64x2.sub(v128.load(forcing + j), half));
    const signal = f64x2.mul(fields, v128.load(overlap + j));
    v128.store(out + j, f64x2.mul(speeds, f64x2.add(sums, signal)));
  }
  if (count & 1) {
    const half = load<f64>(starting + end) * load<f64>(first + end);
    const sums = load<f64>(memory + end) + (load<f64>(forcing + end) - half);
    store<f64>(out + end, speed * (sums + field * load<f64>(overlap + end)));
  }
}

export function rightSideOfResponse(
  count: i32,
  speed: f64,
  memory: usize,
  ending: usize,
  second: usize,
  response: usize,
  out: usize,
): void {
  const speeds = f64x2.splat(speed);
  const end = paired(count);
  for (let j: usize = 0; j < end; j += 16) {
    const half = f64x2.mul(f64x2.mul(v128.load(ending + j), v128.load(second + j)), v128.load(response + j));
    v128.store(out + j, f64x2.mul(speeds, f64x2.sub(v128.load(memory + j), half)));
  }
  if (count & 1) {
    const half = load<f64>(ending + end) * load<f64>(second + end) * load<f64>(response + end);
    store<f64>(out + end, speed * (load<f64>(memory + end) - half));
  }
}

export function memoryCoefficients(
  count: i32,
  weight: usize,
  first: usize,
  second: usize,
  response: usize,
  kernel: usize,
  source: usize,
): void {
  const end = paired(count);
  for (let j: usize = 0; j < end; j += 16) {
    const w = v128.load(weight + j);
    v128.store(kernel + j, f64x2.mul(f64x2.mul(w, v128.load(second + j)), v128.load(response + j)));
    v128.store(source + j, f64x2.mul(w, v128.load(first + j)));
  }
  if (count & 1) {
    const w = load<f64>(weight + end);
    store<f64>(kernel + end, w * load<f64>(second + end) * load<f64>(response + end));
    store<f64>(source + end, w * load<f64>(first + end));
  }
}

export function multiplierIntegral(
  count: i32,
  weight: usize,
  response: usize,
  first: usize,
  second: usize,
  correlation: usize,
): f64 {
  let sums = f64x2.splat(0);
  const end = paired(count);
  for (let j: usize = 0; j < end; j += 16) {
    const force = f64x2.add(
      v128.load(first + j),
      f64x2.mul(v128.load(second + j), v128.load(correlation + j)),
    );
    sums = f64x2.add(sums, f64x2.mul(f64x2.mul(v128.load(weight + j), v128.load(response + j)), force));
  }
  let sum = sumLanes<f64>(sums);
  if (count & 1) {
    const force = load<f64>(first + end) + load<f64>(second + end) * load<f64>(correlation + end);
    sum += load<f64>(weight + end) * load<f64>(response + end) * force;
  }
  return sum;
}

export function weightedProduct(count: i32, weight: usize, a: usize, b: usize): f64 {
  let sums = f64x2.splat(0);
  const end = paired(count);
  for (let j: usize = 0; j < end; j += 16) {
    const product = f64x2.mul(v128.load(weight + j), v128.load(a + j));
    sums = f64x2.add(sums, f64x2.mul(product, v128.load(b + j)));
  }
  let sum = sumLanes<f64>(sums);
  if (count & 1) sum += load<f64>(weight + end) * load<f64>(a + end) * load<f64>(b + end);
  return sum;
}

export function largestDifference(count: i32, a: usize, b: usize): f64 {
  let most = f64x2.splat(0);
  const end = paired(count);
  for (let j: usize = 0; j < end; j += 16) {
    most = f64x2.max(most, f64x2.abs(f64x2.sub(v128.load(a + j), v128.load(b + j))));
  }
  const last = count & 1 ? abs(load<f64>(a + end) - load<f64>(b + end)) : 0;
  return max(last, max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)));
}
