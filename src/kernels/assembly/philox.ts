/** Words of {@link eightDraws}: w₀ of draws 0 … 3, their w₁, w₂, w₃, then those of draws 4 … 7. */
export const planes = memory.data(128, 16);

// @ts-ignore: decorator
@inline
function lows(first: v128, second: v128): v128 {
  return i32x4.shuffle(first, second, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function highs(first: v128, second: v128): v128 {
  return i32x4.shuffle(first, second, 1, 3, 5, 7);
}

/**
 * Philox4x32-10 (see plain/philox.ts) of the counters first … first + 7, a counter to a lane. Two sets of four go
 * together: one alone would wait for its products.
 */
export function eightDraws(key0: i32, key1: i32, purpose: i32, sample: i32, block: i32, first: i32): void {
  const m0 = i32x4.splat(0xd2511f53);
  const m1 = i32x4.splat(0xcd9e8d57);
  let k0 = i32x4.splat(key0);
  let k1 = i32x4.splat(key1);
  let a0 = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  let a1 = i32x4.splat(purpose);
  let a2 = i32x4.splat(sample);
  let a3 = i32x4.splat(block);
  let b0 = i32x4.add(a0, i32x4.splat(4));
  let b1 = a1;
  let b2 = a2;
  let b3 = a3;
  for (let round = 0; round < 10; round++) {
    const p0 = i64x2.extmul_low_i32x4_u(a0, m0);
    const q0 = i64x2.extmul_high_i32x4_u(a0, m0);
    const p1 = i64x2.extmul_low_i32x4_u(a2, m1);
    const q1 = i64x2.extmul_high_i32x4_u(a2, m1);
    const r0 = i64x2.extmul_low_i32x4_u(b0, m0);
    const s0 = i64x2.extmul_high_i32x4_u(b0, m0);
    const r1 = i64x2.extmul_low_i32x4_u(b2, m1);
    const s1 = i64x2.extmul_high_i32x4_u(b2, m1);
    a0 = v128.xor(v128.xor(highs(p1, q1), a1), k0);
    a1 = lows(p1, q1);
    a2 = v128.xor(v128.xor(highs(p0, q0), a3), k1);
    a3 = lows(p0, q0);
    b0 = v128.xor(v128.xor(highs(r1, s1), b1), k0);
    b1 = lows(r1, s1);
    b2 = v128.xor(v128.xor(highs(r0, s0), b3), k1);
    b3 = lows(r0, s0);
    k0 = i32x4.add(k0, i32x4.splat(0x9e3779b9));
    k1 = i32x4.add(k1, i32x4.splat(0xbb67ae85));
  }
  v128.store(planes, a0);
  v128.store(planes, a1, 16);
  v128.store(planes, a2, 32);
  v128.store(planes, a3, 48);
  v128.store(planes, b0, 64);
  v128.store(planes, b1, 80);
  v128.store(planes, b2, 96);
  v128.store(planes, b3, 112);
}

/** See Kernels.philox. */
export function philox(
  key0: i32, key1: i32, purpose: i32, sample: i32, block: i32, first: i32, draws: i32, words: usize,
): void {
  for (let done = 0; done < draws; done += 8) {
    eightDraws(key0, key1, purpose, sample, block, first + done);
    const count = min(draws - done, 8);
    if (count == 8) {
      storeFour(planes, words);
      storeFour(planes + 64, words + 64);
    } else {
      for (let i = 0; i < count; i++) {
        const from = planes + (<usize>(i & 4) << 4) + (<usize>(i & 3) << 2);
        const to = words + (<usize>i << 4);
        store<i32>(to, load<i32>(from));
        store<i32>(to, load<i32>(from, 16), 4);
        store<i32>(to, load<i32>(from, 32), 8);
        store<i32>(to, load<i32>(from, 48), 12);
      }
    }
    words += 128;
  }
}

/** Four planes into the words of four draws, one draw after the other. */
// @ts-ignore: decorator
@inline
function storeFour(from: usize, to: usize): void {
  const w0 = v128.load(from);
  const w1 = v128.load(from, 16);
  const w2 = v128.load(from, 32);
  const w3 = v128.load(from, 48);
  const low01 = i32x4.shuffle(w0, w1, 0, 4, 1, 5);
  const low23 = i32x4.shuffle(w2, w3, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(w0, w1, 2, 6, 3, 7);
  const high23 = i32x4.shuffle(w2, w3, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(low01, low23, 0, 2));
  v128.store(to, i64x2.shuffle(low01, low23, 1, 3), 16);
  v128.store(to, i64x2.shuffle(high01, high23, 0, 2), 32);
  v128.store(to, i64x2.shuffle(high01, high23, 1, 3), 48);
}
