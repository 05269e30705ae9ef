import { sumLanes } from "./vector";

/*
 * The steps of a descent on learning rates, two modes at a time, then the last one of an odd number, which joins the first
 * lane. See ModeKernels. The adjoints have no weights in their kick, and their noise is that of the new numbers.
 */

// @ts-ignore: decorator
@inline
function factor(s: f64, spread: f64): f64 {
  return 1 - s * (2 - s * spread);
}

export function stepMoments(
  count: i32,
  rate: f64,
  spread: f64,
  kick: f64,
  eigenvalue: usize,
  noiseWeight: usize,
  before: usize,
  row: usize,
  sums: usize,
): void {
  step(count, rate, spread, kick, eigenvalue, noiseWeight, before, row, sums, true);
}

export function stepAdjoints(
  count: i32,
  rate: f64,
  spread: f64,
  kick: f64,
  eigenvalue: usize,
  noiseWeight: usize,
  before: usize,
  row: usize,
  sums: usize,
): void {
  step(count, rate, spread, kick, eigenvalue, noiseWeight, before, row, sums, false);
}

// @ts-ignore: decorator
@inline
function step(
  count: i32,
  rate: f64,
  spread: f64,
  kick: f64,
  eigenvalue: usize,
  noiseWeight: usize,
  before: usize,
  row: usize,
  sums: usize,
  isForward: bool,
): void {
  const rates = f64x2.splat(rate);
  const spreads = f64x2.splat(spread);
  const kicks = f64x2.splat(kick);
  const one = f64x2.splat(1);
  const two = f64x2.splat(2);
  let firsts = f64x2.splat(0);
  let seconds = f64x2.splat(0);
  let noises = f64x2.splat(0);
  let totals = f64x2.splat(0);
  const end = <usize>(count & ~1) << 3;
  for (let k: usize = 0; k < end; k += 16) {
    const l = v128.load(eigenvalue + k);
    const w = v128.load(noiseWeight + k);
    const y = v128.load(row + k);
    const s = f64x2.mul(rates, l);
    const a = f64x2.sub(one, f64x2.mul(s, f64x2.sub(two, f64x2.mul(s, spreads))));
    const x = f64x2.add(f64x2.mul(a, v128.load(before + k)), isForward ? f64x2.mul(kicks, w) : kicks);
    v128.store(row + k, x);
    const product = f64x2.mul(f64x2.mul(l, y), x);
    firsts = f64x2.add(firsts, product);
    seconds = f64x2.add(seconds, f64x2.mul(l, product));
    noises = f64x2.add(noises, f64x2.mul(w, isForward ? y : x));
    totals = f64x2.add(totals, x);
  }
  if (count & 1) {
    const l = load<f64>(eigenvalue + end);
    const w = load<f64>(noiseWeight + end);
    const y = load<f64>(row + end);
    const x = factor(rate * l, spread) * load<f64>(before + end) + (isForward ? kick * w : kick);
    store<f64>(row + end, x);
    const product = l * y * x;
    firsts = inFirstLane(firsts, product);
    seconds = inFirstLane(seconds, l * product);
    noises = inFirstLane(noises, w * (isForward ? y : x));
    totals = inFirstLane(totals, x);
  }
  store<f64>(sums, sumLanes<f64>(firsts));
  store<f64>(sums, sumLanes<f64>(seconds), 8);
  store<f64>(sums, sumLanes<f64>(noises), 16);
  store<f64>(sums, sumLanes<f64>(totals), 24);
}

// @ts-ignore: decorator
@inline
function inFirstLane(sum: v128, term: f64): v128 {
  return f64x2.replace_lane(sum, 0, f64x2.extract_lane(sum, 0) + term);
}
