import {
  COSINE_1, COSINE_2, COSINE_3, COSINE_4, COSINE_5, COSINE_6, COSINE_7,
  LN2_HIGH, LN2_LOW, LOG_1, LOG_2, LOG_3, LOG_4, LOG_5, LOG_6, LOG_7,
  SINE_0, SINE_1, SINE_2, SINE_3, SINE_4, SINE_5, SINE_6, TO_INTEGER, UPPER_ONE, UPPER_ROOT_HALF,
} from "../plain/series";
import { eightDraws, planes } from "./philox";

/** The last draws, when they are not eight. */
const rest = memory.data(128, 16);

/** See Kernels.normals, and plain/normals.ts: here two draws go together, and everything else is the same. */
export function normals(
  key0: i32, key1: i32, purpose: i32, sample: i32, block: i32, first: i32, draws: i32, out: usize,
): void {
  let done = 0;
  for (; done + 8 <= draws; done += 8) {
    eightDraws(key0, key1, purpose, sample, block, first + done);
    eightPairs(out);
    out += 128;
  }
  if (done < draws) {
    eightDraws(key0, key1, purpose, sample, block, first + done);
    eightPairs(rest);
    memory.copy(out, rest, <usize>(draws - done) << 4);
  }
}

/** Normals from the words in `planes`. */
// @ts-ignore: decorator
@inline
function eightPairs(out: usize): void {
  for (let set = planes; set < planes + 128; set += 64) {
    const w0 = v128.load(set);
    const w1 = v128.load(set, 16);
    const w2 = v128.load(set, 32);
    const w3 = v128.load(set, 48);
    twoPairs(w0, w1, w2, w3, out);
    twoPairs(upper(w0), upper(w1), upper(w2), upper(w3), out + 32);
    out += 64;
  }
}

// @ts-ignore: decorator
@inline
function upper(words: v128): v128 {
  return i64x2.shuffle(words, words, 1, 1);
}

/** The normals of the words in lanes 0 and 1. */
// @ts-ignore: decorator
@inline
function twoPairs(w0: v128, w1: v128, w2: v128, w3: v128, out: usize): void {
  const x = f64x2.sub(
    f64x2.sub(f64x2.splat(9007199254740992.0), f64x2.mul(leading(w0, 5), f64x2.splat(67108864.0))),
    leading(w1, 6),
  );
  const quarters = f64x2.add(
    f64x2.mul(leading(w2, 5), f64x2.splat(2.9802322387695312e-8)),
    f64x2.mul(leading(w3, 6), f64x2.splat(4.440892098500626e-16)),
  );
  const radius = f64x2.sqrt(f64x2.mul(f64x2.splat(-2.0), logarithm(x)));

  const shifted = f64x2.add(quarters, f64x2.splat(TO_INTEGER));
  const f = f64x2.sub(quarters, f64x2.sub(shifted, f64x2.splat(TO_INTEGER)));
  const z = f64x2.mul(f, f);
  const sine = f64x2.mul(f, series(z, SINE_0, SINE_1, SINE_2, SINE_3, SINE_4, SINE_5, SINE_6));
  const cosine = f64x2.add(
    f64x2.splat(1.0),
    f64x2.mul(z, series(z, COSINE_1, COSINE_2, COSINE_3, COSINE_4, COSINE_5, COSINE_6, COSINE_7)),
  );
  // The lowest two bits count the quarter turns: the first exchanges sine and cosine, the second turns the signs.
  const odd = i64x2.sub(i64x2.splat(0), v128.and(shifted, i64x2.splat(1)));
  const along = v128.bitselect(sine, cosine, odd);
  const across = v128.bitselect(cosine, sine, odd);
  const two = i64x2.splat(2);
  const turnAlong = i64x2.shl(v128.and(i64x2.add(shifted, i64x2.splat(1)), two), 62);
  const turnAcross = i64x2.shl(v128.and(shifted, two), 62);
  const first = v128.xor(f64x2.mul(radius, along), turnAlong);
  const second = v128.xor(f64x2.mul(radius, across), turnAcross);
  v128.store(out, i64x2.shuffle(first, second, 0, 2));
  v128.store(out, i64x2.shuffle(first, second, 1, 3), 16);
}

/** The words of lanes 0 and 1 without their lowest bits, as doubles. */
// @ts-ignore: decorator
@inline
function leading(words: v128, dropped: i32): v128 {
  return f64x2.convert_low_i32x4_s(i32x4.shr_u(words, dropped));
}

/** ln(2⁻⁵³ x) for integers x from 1 to 2⁵³. */
// @ts-ignore: decorator
@inline
function logarithm(x: v128): v128 {
  const root: i64 = <i64>UPPER_ROOT_HALF << 32;
  const bits = i64x2.add(x, i64x2.splat((<i64>UPPER_ONE << 32) - root));
  const mantissa = i64x2.add(v128.and(bits, i64x2.splat(0x000fffffffffffff)), i64x2.splat(root));
  // The exponent as an integer in the mantissa of 2⁵², which is then subtracted.
  const raised = v128.or(i64x2.shr_u(bits, 52), i64x2.splat(0x4330000000000000));
  const e = f64x2.sub(raised, f64x2.splat(4503599627370496.0 + 1023.0 + 53.0));
  const f = f64x2.sub(mantissa, f64x2.splat(1.0));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2.0), f));
  const z = f64x2.mul(s, s);
  const tail = f64x2.mul(z, series(z, LOG_1, LOG_2, LOG_3, LOG_4, LOG_5, LOG_6, LOG_7));
  const inner = f64x2.sub(f64x2.mul(s, f64x2.sub(f, tail)), f64x2.mul(e, f64x2.splat(LN2_LOW)));
  return f64x2.add(f64x2.mul(e, f64x2.splat(LN2_HIGH)), f64x2.sub(f, inner));
}

/** c0 + z (c1 + z (c2 + …)). */
// @ts-ignore: decorator
@inline
function series(z: v128, c0: f64, c1: f64, c2: f64, c3: f64, c4: f64, c5: f64, c6: f64): v128 {
  let sum = f64x2.add(f64x2.splat(c5), f64x2.mul(z, f64x2.splat(c6)));
  sum = f64x2.add(f64x2.splat(c4), f64x2.mul(z, sum));
  sum = f64x2.add(f64x2.splat(c3), f64x2.mul(z, sum));
  sum = f64x2.add(f64x2.splat(c2), f64x2.mul(z, sum));
  sum = f64x2.add(f64x2.splat(c1), f64x2.mul(z, sum));
  return f64x2.add(f64x2.splat(c0), f64x2.mul(z, sum));
}
