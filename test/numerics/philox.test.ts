import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { philox4x32 } from "../../src/numerics/philox";

const MASK = 0xffffffffn;

/** The definition, in exact integers. */
function philoxByDefinition(counter: readonly number[], key: readonly number[]): number[] {
  let [c0, c1, c2, c3] = counter.map(BigInt);
  let [k0, k1] = key.map(BigInt);
  for (let round = 0; round < 10; round++) {
    const p0 = 0xd2511f53n * c0;
    const p1 = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & MASK, (p0 >> 32n) ^ c3 ^ k1, p0 & MASK];
    k0 = (k0 + 0x9e3779b9n) & MASK;
    k1 = (k1 + 0xbb67ae85n) & MASK;
  }
  return [c0, c1, c2, c3].map(Number);
}

function philox(counter: readonly number[], key: readonly number[]): number[] {
  const out = new Uint32Array(6);
  philox4x32(Uint32Array.from(counter), Uint32Array.from(key), out, 1);
  expect([out[0], out[5]]).toEqual([0, 0]);
  return Array.from(out.subarray(1, 5));
}

describe("philox4x32", () => {
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])("gives the published words for counter %j", (counter, key, words) => {
    expect(philox(counter, key)).toEqual(words);
  });

  it("equals its definition in exact integers, for any counter and key", () => {
    const words = (length: number) =>
      fc.array(
        fc.oneof(
          fc.integer({ min: 0, max: 2 ** 32 - 1 }),
          fc.constantFrom(0, 1, 0xffff, 0x10000, 2 ** 32 - 1),
        ),
        {
          minLength: length,
          maxLength: length,
        },
      );
    fc.assert(
      fc.property(words(4), words(2), (counter, key) => {
        expect(philox(counter, key)).toEqual(philoxByDefinition(counter, key));
      }),
      { numRuns: 500 },
    );
  });
});
