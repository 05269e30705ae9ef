import { expect, it } from "vitest";
import { InvalidParameterError } from "../../../src/core/errors";
import { createCovariance, pureCovariance } from "../../../src/models/covariance";
import { lossExponent, optimalExponent, relaxationExponent } from "../../../src/theory/landscape";

it("the loss decays with the slower of relaxation and noise", () => {
  expect(lossExponent({ temperature: 1, exponent: 0.2 })).toBe(0.2);
  expect(lossExponent({ temperature: 1, exponent: 0.6 })).toBeCloseTo(0.2666666666666667, 15);
  expect(lossExponent({ temperature: 1, exponent: 0.8 })).toBeCloseTo(0.1333333333333333, 15);
  expect(lossExponent({ temperature: 1, exponent: 0 })).toBe(0);
  expect(lossExponent({ temperature: 0, exponent: 0 })).toBe(2 / 3);
  expect(lossExponent({ temperature: 0, exponent: 0.4 })).toBeCloseTo(0.4, 15);
  expect(lossExponent({ temperature: 0, exponent: 0.5, gamma: 1 })).toBe(0.5);
  expect(lossExponent({ temperature: 1, exponent: 1 })).toBe(0);
  expect(lossExponent({ temperature: 1, exponent: 1.1 })).toBeUndefined();
});

it("the best exponent balances the two and beats its neighbours", () => {
  expect(optimalExponent()).toBeCloseTo(0.4, 15);
  for (const gamma of [0.4, 2 / 3, 1, 2]) {
    const best = optimalExponent(gamma);
    const at = (exponent: number) => lossExponent({ temperature: 1, exponent, gamma })!;
    expect(at(best)).toBeCloseTo(best, 14);
    expect(at(best)).toBeGreaterThan(Math.max(at(best - 0.01), at(best + 0.01)));
  }
});

it("p = 2 relaxes with an exponent of its own, and that of mixtures is not known", () => {
  expect(relaxationExponent(pureCovariance(2))).toBe(1);
  expect(relaxationExponent(pureCovariance(3))).toBe(2 / 3);
  expect(relaxationExponent(createCovariance([{ p: 4, variance: 2 }]))).toBe(2 / 3);
  const mixed = createCovariance([
    { p: 2, variance: 1 },
    { p: 3, variance: 1 },
  ]);
  expect(relaxationExponent(mixed)).toBeUndefined();
});

it("wrong values are refused by name", () => {
  const good = { temperature: 1, exponent: 0.5 };
  for (const [change, parameter] of [
    [{ temperature: -1 }, "temperature"],
    [{ exponent: -0.1 }, "exponent"],
    [{ gamma: 0 }, "gamma"],
  ] as const) {
    expect(() => lossExponent({ ...good, ...change })).toThrow(expect.objectContaining({ parameter }));
  }
  expect(() => optimalExponent(0)).toThrow(InvalidParameterError);
});

it("the relaxation in a random field is not known", () => {
  expect(relaxationExponent(createCovariance([{ p: 1, variance: 1 }]))).toBeUndefined();
});

it("the relaxation of two spins is that of an edge, a mixture's is not known", () => {
  expect([2, 3, 12].map((p) => relaxationExponent(pureCovariance(p)))).toEqual([1, 2 / 3, 2 / 3]);
  const mixed = createCovariance([
    { p: 2, variance: 1 },
    { p: 3, variance: 1 },
  ]);
  expect(relaxationExponent(mixed)).toBeUndefined();
});
