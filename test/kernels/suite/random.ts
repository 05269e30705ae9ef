import fc from "fast-check";
import { bytesOf, type PhiloxStream } from "../../../src/kernels";
import { type Check, demand, type Make } from "./check";
import { counterOf, exactNormals, exactWords } from "./exact-random";

const LAST = 2 ** 32 - 1;
const STREAM: PhiloxStream = { key0: 0xeafe1ab7, key1: 0xa718b1b2, purpose: 2, sample: 17, block: 3 };
/** Left and right of what a kernel may write. */
const MARGIN = 4;
const UNTOUCHED = 77;

/** Words or normals of some draws; nothing else may have been written. */
function words(make: Make, stream: PhiloxStream, first: number, draws: number): number[] {
  const { kernels, uint32 } = make(bytesOf(16 * draws + 8 * MARGIN));
  const all = uint32(4 * draws + 2 * MARGIN).fill(UNTOUCHED);
  kernels.philox(stream, first, draws, all.subarray(MARGIN, MARGIN + 4 * draws));
  return inside(all);
}

function normals(make: Make, stream: PhiloxStream, first: number, draws: number): number[] {
  const { kernels, float64 } = make(bytesOf(16 * draws + 16 * MARGIN));
  const all = float64(2 * draws + 2 * MARGIN).fill(UNTOUCHED);
  kernels.normals(stream, first, draws, all.subarray(MARGIN, MARGIN + 2 * draws));
  return inside(all);
}

function inside(all: Uint32Array | Float64Array): number[] {
  const outside = [...all.subarray(0, MARGIN), ...all.subarray(all.length - MARGIN)];
  demand(
    outside.every((x) => x === UNTOUCHED),
    () => `written outside: ${outside}`,
  );
  return [...all.subarray(MARGIN, all.length - MARGIN)];
}

function demandEqual(found: readonly number[], wanted: readonly number[], what: string): void {
  demand(
    found.length === wanted.length && found.every((x, i) => Object.is(x, wanted[i])),
    () => `${what}: ${found} instead of ${wanted}`,
  );
}

/** Relative, of a normal: 7e-16, and the rounding of what it is compared with. */
const TOLERANCE = 1e-15;

function demandExact(found: readonly number[], fromWords: readonly number[]): void {
  for (const [i, exact] of exactNormals(fromWords).entries()) {
    demand(
      Math.abs(found[i] - exact) <= TOLERANCE * Math.abs(exact),
      () => `normal ${i} of the words ${fromWords} is ${found[i]}, not ${exact}`,
    );
  }
}

/** Known answers published with the generator: counter, key, words. */
const PUBLISHED = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [LAST, LAST, LAST, LAST],
    [LAST, LAST],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
] as const;

/** Two words whose uniform is `numerator` in units of 2⁻⁵³. */
const wordsOf = (numerator: number) => [
  Math.floor(numerator / 2 ** 26) * 2 ** 5,
  (numerator % 2 ** 26) * 2 ** 6,
];
const beside = (numerator: number) => [numerator - 1, numerator, numerator + 1];
/** 1 − u at its ends, at powers of 2 and where the exponent changes; v at its ends and at multiples of 1/8. */
const ODD_U = [
  ...[0, 1, 2, 2 ** 53 - 1, 2 ** 53 - 2],
  ...[2 ** 52, 2 ** 51, 3 * 2 ** 51, 2 ** 53 - 2 ** 20, 2 ** 53 - 2 ** 21].flatMap(beside),
  ...[Math.SQRT1_2, Math.SQRT1_2 / 2, Math.SQRT1_2 / 2 ** 30].flatMap((x) =>
    beside(2 ** 53 - Math.round(2 ** 53 * x)),
  ),
];
const ODD_V = [0, 1, 2 ** 53 - 1, ...[1, 2, 3, 4, 5, 6, 7].flatMap((k) => beside(k * 2 ** 50))];

export const checks: readonly Check[] = [
  {
    name: "Philox4x32-10 gives the published words",
    run(make) {
      for (const [[first, purpose, sample, block], [key0, key1], known] of PUBLISHED) {
        demandEqual(words(make, { key0, key1, purpose, sample, block }, first, 1), known, "words");
      }
    },
  },
  {
    name: "Philox4x32-10 equals its definition in exact integers, also past the last counter",
    run(make) {
      const word = fc.oneof(fc.nat(LAST), fc.constantFrom(0, 1, 0xffff, 0x10000, 2 ** 31, LAST));
      const streams = fc.record({ key0: word, key1: word, purpose: word, sample: word, block: word });
      const property = fc.property(streams, word, fc.nat(20), (stream, first, draws) => {
        const exact = Array.from({ length: draws }, (_, i) => exactWords(stream, (first + i) % 2 ** 32));
        demandEqual(words(make, stream, first, draws), exact.flat(), `${draws} draws from ${first}`);
      });
      fc.assert(property, { numRuns: 100 });
    },
  },
  {
    name: "normals of many draws are those of the single ones",
    run(make) {
      const single = Array.from({ length: 150 }, (_, i) =>
        normals(make, STREAM, (LAST - 60 + i) % 2 ** 32, 1),
      );
      for (const draws of [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 100]) {
        const found = normals(make, STREAM, LAST - 60, draws);
        demandEqual(found, single.slice(0, draws).flat(), `${draws} draws`);
      }
    },
  },
  {
    name: "normals have a relative error below 1e-15",
    run(make) {
      const found = normals(make, STREAM, 0, 500);
      for (let k = 0; k < 500; k++) demandExact(found.slice(2 * k, 2 * k + 2), exactWords(STREAM, k));
    },
  },
  {
    name: "normals have a relative error below 1e-15 at every edge of the logarithm and the circle",
    run(make) {
      const pairs = [
        ...ODD_U.map((u) => [u, 2 ** 49 + 12345]),
        ...ODD_V.flatMap((v) => [
          [0, v],
          [2 ** 52 + 7, v],
          [2 ** 53 - 1, v],
        ]),
      ];
      for (const [u, v] of pairs) {
        const wanted = [...wordsOf(u), ...wordsOf(v)];
        const { stream, draw } = counterOf(wanted, STREAM.key0, STREAM.key1);
        demandEqual(words(make, stream, draw, 1), wanted, "words of the counter");
        demandExact(normals(make, stream, draw, 1), wanted);
      }
    },
  },
  {
    name: "normals have the moments of standard normals, and are independent",
    run(make) {
      const count = 200_000;
      const x = normals(make, STREAM, 0, count / 2);
      const average = (f: (a: number, b: number) => number) =>
        x.reduce((sum, value, i) => sum + f(value, x[i ^ 1]), 0) / count;
      const quantities: [string, number, number, (a: number, b: number) => number][] = [
        ["x", 0, 1, (a) => a],
        ["x²", 1, 2, (a) => a ** 2],
        ["x³", 0, 15, (a) => a ** 3],
        ["x⁴", 3, 96, (a) => a ** 4],
        ["|x| > 3", 0.0026998, 0.0027, (a) => (Math.abs(a) > 3 ? 1 : 0)],
        // Every pair comes twice.
        ["x y", 0, 2, (a, b) => a * b],
        ["x² y²", 1, 2 * 8, (a, b) => (a * b) ** 2],
      ];
      for (const [name, mean, variance, quantity] of quantities) {
        const found = average(quantity);
        demand(
          Math.abs(found - mean) < 4 * Math.sqrt(variance / count),
          () => `the mean of ${name} is ${found}, not ${mean}`,
        );
      }
    },
  },
];
