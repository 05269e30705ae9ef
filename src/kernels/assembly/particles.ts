import { sumLanes } from "./vector";

/** Bytes of a row that are summed in singles. */
const PIECE: usize = 1024;

export function multiplyElements(count: i32, a: usize, b: usize, out: usize): void {
  const end = a + (<usize>(count & ~3) << 2);
  const last = a + (<usize>count << 2);
  for (; a < end; a += 16, b += 16, out += 16) v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
  for (; a < last; a += 4, b += 4, out += 4) store<f32>(out, load<f32>(a) * load<f32>(b));
}

/** See ParticleKernels: four particles at a time. */
export function particleForces(
  count: i32, scale: f64, overlap: f64, along: f64, field: usize, signal: usize, start: usize, share: usize, sums: usize,
): void {
  const scales = f32x4.splat(<f32>scale);
  const overlaps = f32x4.splat(<f32>overlap);
  const alongs = f32x4.splat(<f32>along);
  const three = f32x4.splat(3);
  let drive: f64 = 0;
  let second: f64 = 0;
  let curvature: f64 = 0;
  let radial: f64 = 0;
  let loss: f64 = 0;
  const all = <usize>count << 2;
  for (let from: usize = 0; from < all; from += PIECE) {
    const to = min(from + PIECE, all);
    let drives = f32x4.splat(0);
    let seconds = drives;
    let curvatures = drives;
    let radials = drives;
    let losses = drives;
    for (let at = from; at < to; at += 16) {
      const h0 = v128.load(signal + at);
      const y0 = v128.load(start + at);
      const s = v128.load(share + at);
      const h = f32x4.add(
        f32x4.mul(scales, v128.load(field + at)),
        f32x4.add(f32x4.mul(overlaps, h0), f32x4.mul(alongs, y0)),
      );
      const square = f32x4.mul(h, h);
      const square0 = f32x4.mul(h0, h0);
      const difference = f32x4.sub(square, square0);
      const force = f32x4.mul(f32x4.mul(s, h), difference);
      v128.store(field + at, force);
      drives = f32x4.add(drives, f32x4.mul(h0, force));
      seconds = f32x4.add(seconds, f32x4.mul(y0, force));
      curvatures = f32x4.add(curvatures, f32x4.mul(s, f32x4.sub(f32x4.mul(three, square), square0)));
      radials = f32x4.add(radials, f32x4.mul(h, force));
      losses = f32x4.add(losses, f32x4.mul(difference, difference));
    }
    drive += sumLanes<f32>(drives);
    second += sumLanes<f32>(seconds);
    curvature += sumLanes<f32>(curvatures);
    radial += sumLanes<f32>(radials);
    loss += sumLanes<f32>(losses);
  }
  store<f64>(sums, drive);
  store<f64>(sums, second, 8);
  store<f64>(sums, curvature, 16);
  store<f64>(sums, radial, 24);
  store<f64>(sums, 0.25 * loss, 32);
}

/** See ParticleKernels: four particles at a time, a word of signs for eight times four. */
export function moveParticles(
  count: i32, decay: f64, rate: f64, heat: f64, weights: usize, root: usize, force: usize, words: usize,
): f64 {
  return heat === 0
    ? move(count, decay, rate, 0, weights, root, force, 0, false)
    : move(count, decay, rate, heat, weights, root, force, words, true);
}

// @ts-ignore: decorator
@inline
function move(
  count: i32, decay: f64, rate: f64, heat: f64, weights: usize, root: usize, force: usize, words: usize, isHot: bool,
): f64 {
  const decays = f32x4.splat(<f32>decay);
  const rates = f32x4.splat(<f32>rate);
  const heats = f32x4.splat(<f32>heat);
  const zero = f32x4.splat(0);
  const all = <usize>count << 2;
  let total: f64 = 0;
  for (let from: usize = 0; from < all; from += PIECE) {
    const to = min(from + PIECE, all);
    let squares = zero;
    for (let group = from; group < to; group += 128) {
      let bits = isHot ? i32x4.splat(load<i32>(words + (group >> 5))) : zero;
      for (let at = group; at < group + 128; at += 16) {
        const r = v128.load(root + at);
        const step = f32x4.mul(f32x4.mul(rates, r), v128.load(force + at));
        let w = f32x4.sub(f32x4.mul(decays, v128.load(weights + at)), step);
        if (isHot) {
          // −heat where the bit is 0, and nothing where the root is.
          const isSet = i32x4.ne(v128.and(bits, i32x4(1, 2, 4, 8)), i32x4.splat(0));
          const sign = v128.andnot(i32x4.splat(0x80000000), isSet);
          w = f32x4.add(w, v128.and(v128.xor(heats, sign), f32x4.ne(r, zero)));
          bits = i32x4.shr_u(bits, 4);
        }
        v128.store(weights + at, w);
        squares = f32x4.add(squares, f32x4.mul(w, w));
      }
    }
    total += sumLanes<f32>(squares);
  }
  return total;
}
