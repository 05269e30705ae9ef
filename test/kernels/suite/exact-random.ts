import type { PhiloxStream } from "../../../src/kernels";

const MASK = 0xffffffffn;
const MULTIPLIERS = [0xd2511f53n, 0xcd9e8d57n] as const;
/** Multiplicative inverses modulo 2³². */
const INVERSES = MULTIPLIERS.map((multiplier) => {
  let inverse = 1n;
  for (let k = 0; k < 5; k++) inverse = (inverse * (2n - multiplier * inverse)) & MASK;
  return inverse;
});
const keyOf = (word: number, weyl: bigint, round: bigint) => (BigInt(word) + round * weyl) & MASK;
const keysOf = ({ key0, key1 }: PhiloxStream, round: bigint) =>
  [keyOf(key0, 0x9e3779b9n, round), keyOf(key1, 0xbb67ae85n, round)] as const;

/** Philox4x32-10 by its definition: the words of one draw, in exact integers. */
export function exactWords(stream: PhiloxStream, draw: number): number[] {
  let [c0, c1, c2, c3] = [draw, stream.purpose, stream.sample, stream.block].map(BigInt);
  for (let round = 0n; round < 10n; round++) {
    const [k0, k1] = keysOf(stream, round);
    const p0 = MULTIPLIERS[0] * c0;
    const p1 = MULTIPLIERS[1] * c2;
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & MASK, (p0 >> 32n) ^ c3 ^ k1, p0 & MASK];
  }
  return [c0, c1, c2, c3].map(Number);
}

/** The bijection backwards: where a key gives these four words. */
export function counterOf(
  words: readonly number[],
  key0: number,
  key1: number,
): { stream: PhiloxStream; draw: number } {
  const key = { key0, key1, purpose: 0, sample: 0, block: 0 };
  let [c0, c1, c2, c3] = words.map(BigInt);
  for (let round = 9n; round >= 0n; round--) {
    const [k0, k1] = keysOf(key, round);
    const before0 = (c3 * INVERSES[0]) & MASK;
    const before2 = (c1 * INVERSES[1]) & MASK;
    [c1, c3] = [c0 ^ k0 ^ ((MULTIPLIERS[1] * before2) >> 32n), c2 ^ k1 ^ ((MULTIPLIERS[0] * before0) >> 32n)];
    [c0, c2] = [before0, before2];
  }
  const [draw, purpose, sample, block] = [c0, c1, c2, c3].map(Number);
  return { stream: { ...key, purpose, sample, block }, draw };
}

/** Binary places of the fixed-point numbers below. */
const PLACES = 160n;
const ONE = 1n << PLACES;
const times = (a: bigint, b: bigint) => (a * b) >> PLACES;

/** Σ sᵏ/k over odd k, with the given sign from term to term: artanh s, or arctan s. */
function inverseTangent(s: bigint, sign: bigint): bigint {
  const ratio = sign * times(s, s);
  let sum = 0n;
  for (let power = s, k = 1n; power !== 0n && power !== -1n; power = times(power, ratio), k += 2n)
    sum += power / k;
  return sum;
}

const LN2 = 2n * inverseTangent(ONE / 3n, 1n);
/** Machin's formula. */
const PI = 16n * inverseTangent(ONE / 5n, -1n) - 4n * inverseTangent(ONE / 239n, -1n);

/** −ln(2⁻⁵³ x) for an integer x from 1 to 2⁵³. */
function minusLog(x: bigint): bigint {
  const exponent = BigInt(x.toString(2).length - 1);
  const mantissa = (x << PLACES) >> exponent;
  const s = ((mantissa - ONE) << PLACES) / (mantissa + ONE);
  return (53n - exponent) * LN2 - 2n * inverseTangent(s, 1n);
}

/** Σ (−1)ᵏ xⁿ⁺²ᵏ/(n + 2k)!: the cosine for n = 0, the sine for n = 1. */
function alternating(x: bigint, n: bigint): bigint {
  const square = times(x, x);
  let sum = 0n;
  for (let term = n === 0n ? ONE : x, k = n; term !== 0n && term !== -1n; k += 2n) {
    sum += term;
    term = -times(term, square) / ((k + 1n) * (k + 2n));
  }
  return sum;
}

function squareRoot(x: bigint): bigint {
  if (x === 0n) return 0n;
  const square = x << PLACES;
  let root = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** The two normals of a draw from its words, rounded once. */
export function exactNormals([w0, w1, w2, w3]: readonly number[]): [number, number] {
  const uniform = (high: number, low: number) => ((BigInt(high) >> 5n) << 26n) + (BigInt(low) >> 6n);
  const radius = squareRoot(2n * minusLog((1n << 53n) - uniform(w0, w1)));
  const turns = uniform(w2, w3);
  // From −½ to ½ of a turn; multiples of a quarter are exact, for there no series gives the 0.
  const angle = (2n * PI * (turns > 1n << 52n ? turns - (1n << 53n) : turns)) >> 53n;
  const quarter = turns % (1n << 51n) === 0n ? Number(turns >> 51n) : undefined;
  const cosine = quarter === undefined ? alternating(angle, 0n) : ONE * [1n, 0n, -1n, 0n][quarter];
  const sine = quarter === undefined ? alternating(angle, 1n) : ONE * [0n, 1n, 0n, -1n][quarter];
  const rounded = (x: bigint) => Number(x) / 2 ** Number(PLACES);
  return [rounded(times(radius, cosine)), rounded(times(radius, sine))];
}
