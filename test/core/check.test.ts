import { expect, it } from "vitest";
import { fraction, oneOf } from "../../src/core/check";

it("takes one of some words, and lists them otherwise", () => {
  expect(oneOf("method.noise", "matched", ["random", "matched"])).toBe("matched");
  const refused = (word: string, allowed: readonly string[]) => () => oneOf("kind", word, allowed);
  expect(refused("c", ["a"])).toThrow('kind is "c"; allowed: "a"');
  expect(refused("c", ["a", "b"])).toThrow('kind is "c"; allowed: "a" or "b"');
  expect(refused("", ["a", "b", "c"])).toThrow('kind is ""; allowed: "a" or "b" or "c"');
});

it("takes fractions above 0 and at most 1", () => {
  expect([1e-300, 0.5, 1].map((x) => fraction("gain", x))).toEqual([1e-300, 0.5, 1]);
  for (const x of [0, -0.5, 1 + 1e-15, Number.NaN, Infinity]) {
    expect(() => fraction("gain", x)).toThrow(`gain is ${x}; allowed: a number above 0 and at most 1`);
  }
});
