import { expect, it } from "vitest";
import { hashOf } from "../../src/numerics/hash";

it("is the same for the same data, whatever the order of the keys", () => {
  const hash = hashOf({ a: 1, b: [0.1, { c: "x", d: null }] });
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(hashOf({ b: [0.1, { d: null, c: "x" }], a: 1, e: undefined })).toBe(hash);
});

it("is another for other data", () => {
  const values = [1, "1", [1], { a: 1 }, { a: "1" }, { b: 1 }, [1, 2], [2, 1], null, 0.1, 0.1 + 2 ** -56];
  expect(new Set(values.map(hashOf)).size).toBe(values.length);
});
