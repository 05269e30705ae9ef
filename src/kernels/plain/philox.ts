import type { Kernels } from "../kernels";

/**
 * Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (SC'11): a keyed bijection of
 * 128-bit counters whose outputs pass the standard test batteries. The same counter and key always give the
 * same four words, so any draw can be made anywhere, in any order.
 */

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9 | 0;
const WEYL_1 = 0xbb67ae85 | 0;
const ROUNDS = 10;

export const philox: Kernels["philox"] = (stream, first, draws, words) => {
  const { key0, key1, purpose, sample, block } = stream;
  for (let draw = 0, at = 0; draw < draws; draw++, at += 4) {
    let c0 = (first + draw) | 0;
    let c1 = purpose | 0;
    let c2 = sample | 0;
    let c3 = block | 0;
    let k0 = key0 | 0;
    let k1 = key1 | 0;
    for (let round = 0; round < ROUNDS; round++) {
      const high0 = multiplyHigh(MULTIPLIER_0 >>> 16, MULTIPLIER_0 & 0xffff, c0);
      const high1 = multiplyHigh(MULTIPLIER_1 >>> 16, MULTIPLIER_1 & 0xffff, c2);
      const low0 = Math.imul(MULTIPLIER_0, c0);
      const low1 = Math.imul(MULTIPLIER_1, c2);
      c0 = high1 ^ c1 ^ k0;
      c1 = low1;
      c2 = high0 ^ c3 ^ k1;
      c3 = low0;
      k0 = (k0 + WEYL_0) | 0;
      k1 = (k1 + WEYL_1) | 0;
    }
    words[at] = c0;
    words[at + 1] = c1;
    words[at + 2] = c2;
    words[at + 3] = c3;
  }
};

/** Upper 32 bits of the unsigned product of a = high·2¹⁶ + low and b. No partial sum leaves 32 unsigned bits. */
function multiplyHigh(high: number, low: number, b: number): number {
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(high, bLow) + (Math.imul(low, bLow) >>> 16)) | 0;
  const carry = (Math.imul(low, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(high, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}
