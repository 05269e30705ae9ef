import type { Kernels } from "../kernels";
import { philox } from "./philox";
import * as c from "./series";

/** Draws whose words are made at a time. */
const BLOCK = 64;
const words = new Uint32Array(4 * BLOCK);

/** A double and its two words, the lower one first as on all machines that run JavaScript. */
const real = new Float64Array(1);
const halves = new Int32Array(real.buffer);
/** Powers 2⁻ᵏ. */
const POWERS = Float64Array.from({ length: 54 }, (_, k) => 2 ** -k);
const pair = new Float64Array(2);

/**
 * The operations and their order are those of assembly/normals.ts: the numbers are equal to the last bit. √ is
 * rounded correctly everywhere; logarithm, sine and cosine are ours, with relative errors below 3e-16, so that every
 * normal has one below 7e-16 (the largest of 80,000 was 4.2e-16).
 */
export const normals: Kernels["normals"] = (stream, first, draws, out) => {
  for (let start = 0; start < draws; start += BLOCK) {
    const count = Math.min(BLOCK, draws - start);
    philox(stream, first + start, count, words);
    for (let i = 0, at = 2 * start; i < 4 * count; i += 4, at += 2) {
      // 1 − u in units of 2⁻⁵³, and v in quarters of a turn; both exact.
      const x = 2 ** 53 - (words[i] >>> 5) * 2 ** 26 - (words[i + 1] >>> 6);
      const quarters = (words[i + 2] >>> 5) * 2 ** -25 + (words[i + 3] >>> 6) * 2 ** -51;
      const radius = Math.sqrt(-2 * logarithm(x));

      const nearest = quarters + c.TO_INTEGER - c.TO_INTEGER;
      const f = quarters - nearest;
      const z = f * f;
      pair[0] =
        1 + z * series(z, c.COSINE_1, c.COSINE_2, c.COSINE_3, c.COSINE_4, c.COSINE_5, c.COSINE_6, c.COSINE_7);
      pair[1] = f * series(z, c.SINE_0, c.SINE_1, c.SINE_2, c.SINE_3, c.SINE_4, c.SINE_5, c.SINE_6);
      // A quarter turn makes (cos, sin) into (−sin, cos); without branches, since none could be foretold.
      const turn = nearest | 0;
      out[at] = radius * pair[turn & 1] * (1 - ((turn + 1) & 2));
      out[at + 1] = radius * pair[(turn + 1) & 1] * (1 - (turn & 2));
    }
  }
};

/** ln(2⁻⁵³ x) for an integer x from 1 to 2⁵³. */
function logarithm(x: number): number {
  real[0] = x;
  // The exponent k that leaves x/2ᵏ between √½ and √2.
  const k = ((halves[1] + (c.UPPER_ONE - c.UPPER_ROOT_HALF)) >> 20) - 1023;
  const f = x * POWERS[k] - 1;
  const s = f / (2 + f);
  const z = s * s;
  const tail = z * series(z, c.LOG_1, c.LOG_2, c.LOG_3, c.LOG_4, c.LOG_5, c.LOG_6, c.LOG_7);
  const e = k - 53;
  return e * c.LN2_HIGH + (f - (s * (f - tail) - e * c.LN2_LOW));
}

/** Σ c_k zᵏ. */
function series(
  z: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  c4: number,
  c5: number,
  c6: number,
): number {
  return c0 + z * (c1 + z * (c2 + z * (c3 + z * (c4 + z * (c5 + z * c6)))));
}
