import seedrandom from "seedrandom";
import { integerAtLeast } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import type { PhiloxStream } from "../kernels/kernels";
import { createAhead, NORMALS, WORDS } from "./ahead";

/** What random numbers are for. Frozen: the numbers enter every stream, so they never change. */
export const PURPOSES = Object.freeze({
  disorder: 0,
  start: 1,
  noise: 2,
  batch: 3,
  data: 4,
  bootstrap: 5,
  perturbation: 6,
  response: 7,
} as const);

export type Purpose = keyof typeof PURPOSES;

/**
 * Random numbers of one purpose, sample and block. Draw k is the Philox call with the counter (k, purpose,
 * sample, block); its words w₀ w₁ w₂ w₃ become
 * - integers: w₀, w₁, w₂, w₃ in this order;
 * - uniforms: u = (⌊w₀/2⁵⌋·2²⁶ + ⌊w₁/2⁶⌋)·2⁻⁵³, then v, the same of w₂ and w₃: two a draw;
 * - normals: r cos 2πv, then r sin 2πv, with r = √(−2 ln(1 − u)) (Box and Muller 1958): two a draw.
 *
 * All of them are the same to the last bit everywhere; the relative error of a normal is below 7e-16.
 * Every fill starts at a whole draw: what the last call left over of its draw is dropped.
 */
export interface Stream {
  /** Independent standard normals into out[from] … out[to − 1]; takes ⌈(to − from)/2⌉ draws. */
  fillNormal(out: Float64Array, from?: number, to?: number): void;
  /** Independent uniforms of 53 bits in [0, 1) into out[from] … out[to − 1]; takes ⌈(to − from)/2⌉ draws. */
  fillUniform(out: Float64Array, from?: number, to?: number): void;
  /** The next 32-bit word; consecutive calls use up the four words of a draw. */
  nextUint32(): number;
  /**
   * Unbiased integer in [0, below), below ≤ 2³²: the next word modulo `below`; words at or above the largest
   * multiple of `below` that 2³² holds are passed over.
   */
  integer(below: number): number;
  /** Goes to the start of a draw. */
  seek(drawIndex: number): void;
  /** Index of the next whole draw; `seek(position())` before a fill changes nothing. */
  position(): number;
}

/** All random numbers that belong to one seed. */
export interface Streams {
  /** The Philox key: two 32-bit words. */
  readonly key: readonly [number, number];
  /**
   * A new stream, at draw 0; the same arguments give the same numbers. `block` separates what must not share
   * a stream, e.g. the parts of a tensor.
   * @throws InvalidParameterError unless sample and block are integers below 2³².
   */
  stream(purpose: Purpose, sample: number, block?: number): Stream;
}

const WORD_VALUES = 2 ** 32;

/**
 * Random streams of a seed. The key is a 64-bit hash: the first two 32-bit outputs of `seedrandom(String(seed))`,
 * so that the seeds 7 and "7" are the same.
 * @throws InvalidParameterError for a number that is not finite.
 */
export function createStreams(seed: number | string): Streams {
  if (typeof seed !== "string" && !Number.isFinite(seed)) {
    throw new InvalidParameterError("seed", seed, "a text or a finite number");
  }
  const hash = seedrandom(String(seed));
  const key = [hash.int32() >>> 0, hash.int32() >>> 0] as const;
  return {
    key,
    stream(purpose, sample, block = 0) {
      if (!Object.hasOwn(PURPOSES, purpose)) {
        throw new InvalidParameterError("purpose", purpose, `one of ${Object.keys(PURPOSES).join(", ")}`);
      }
      return createStream({
        key0: key[0],
        key1: key[1],
        purpose: PURPOSES[purpose],
        sample: word("sample", sample),
        block: word("block", block),
      });
    },
  };
}

function createStream(stream: PhiloxStream): Stream {
  const normals = createAhead(NORMALS, stream);
  const words = createAhead(WORDS, stream);
  let next = 0;
  /** Where the words of the last draw stand among those made ahead, and how many of the four are used. */
  let drawn = 0;
  let used = 4;

  function reserve(out: Float64Array, from: number, to: number): void {
    if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= out.length)) {
      throw new InvalidParameterError("from, to", [from, to], `a range inside 0 … ${out.length}`);
    }
    reserveDraws(Math.ceil((to - from) / 2));
    used = 4;
  }

  function reserveDraws(count: number): void {
    if (next + count > WORD_VALUES) {
      throw new InvalidParameterError(
        "drawIndex",
        next + count,
        "at most 2^32 draws a stream; use another block",
      );
    }
  }

  function nextUint32(): number {
    if (used === 4) {
      reserveDraws(1);
      drawn = words.find(next++, 1);
      used = 0;
    }
    return words.numbers()[drawn + used++];
  }

  return {
    fillNormal(out, from = 0, to = out.length) {
      reserve(out, from, to);
      for (let i = from; i < to; ) {
        let at = normals.find(next, Math.ceil((to - i) / 2));
        const numbers = normals.numbers();
        const count = Math.min(to - i, normals.end() - at);
        for (const end = i + count; i < end; i++) out[i] = numbers[at++];
        next += Math.ceil(count / 2);
      }
    },
    fillUniform(out, from = 0, to = out.length) {
      reserve(out, from, to);
      for (let i = from; i < to; ) {
        let at = words.find(next, Math.ceil((to - i) / 2));
        const numbers = words.numbers();
        const count = Math.min(to - i, (words.end() - at) / 2);
        for (const end = i + count; i < end; i++, at += 2) out[i] = uniform(numbers[at], numbers[at + 1]);
        next += Math.ceil(count / 2);
      }
    },
    nextUint32,
    integer(below) {
      if (!(Number.isInteger(below) && below >= 1 && below <= WORD_VALUES)) {
        throw new InvalidParameterError("below", below, "an integer from 1 to 2^32");
      }
      const limit = WORD_VALUES - (WORD_VALUES % below);
      let value = nextUint32();
      while (value >= limit) value = nextUint32();
      return value % below;
    },
    seek(drawIndex) {
      next = word("drawIndex", drawIndex);
      used = 4;
    },
    position: () => next,
  };
}

function uniform(high: number, low: number): number {
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) * 2 ** -53;
}

function word(parameter: string, value: number): number {
  integerAtLeast(parameter, value, 0);
  if (value >= WORD_VALUES) throw new InvalidParameterError(parameter, value, "an integer below 2^32");
  return value;
}
