import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  generalisationError,
  meanAbsoluteError,
  meanSquaredError,
} from "../../../src/theory/phase-retrieval";
import { phaseCases } from "../../reference/phase-cases";

/** Order parameters of weights and signal, among them both at the same place, opposite, and without overlap. */
const OVERLAPS = [
  { overlap: 0.3, norm: 1 },
  { overlap: -0.5, norm: 0.7, signalNorm: 1.3 },
  { overlap: 0, norm: 2 },
  { overlap: 1, norm: 1 },
  { overlap: -1, norm: 1 },
  { overlap: 0.999, norm: 1 },
];

describe("the generalisation error of any error function", () => {
  it.each(OVERLAPS)("is the closed form where there is one: %o", (overlaps) => {
    const { overlap: m, norm: q, signalNorm: q0 = 1 } = overlaps;
    const closed = [
      [(y: number, z: number) => (y - z) ** 2, meanSquaredError(overlaps)],
      [(y: number, z: number) => Math.abs(y - z), meanAbsoluteError(overlaps)],
      // By Wick's theorem; a quarter of it is the cost of new measurements.
      [(y: number, z: number) => (y * y - z * z) ** 2, 3 * q * q + 3 * q0 * q0 - 2 * (q * q0 + 2 * m * m)],
      [(y: number) => y, Math.sqrt((2 * q0) / Math.PI)],
      [(_: number, z: number) => z ** 4, 3 * q * q],
      [() => 1, 1],
    ] as const;
    for (const [f, value] of closed) expect(generalisationError(f, overlaps)).toBeCloseTo(value, 12);
  });

  it("takes errors with corners where label and estimate are equal", () => {
    // P(|h| > |h0|) of equal norms is 1/2, whatever their overlap.
    const above = (y: number, z: number) => (z > y ? 1 : 0);
    expect(generalisationError(above, { overlap: 0.4, norm: 1 })).toBeCloseTo(0.5, 12);
    // P(|h| > |h0|) = (2/π) arctan √q without overlap.
    expect(generalisationError(above, { overlap: 0, norm: 3 })).toBeCloseTo(2 / 3, 12);
  });
});

it("the mean absolute error is (2/√π)(2 − √2) without overlap and 0 at the signal and its mirror image", () => {
  expect(meanAbsoluteError({ overlap: 0, norm: 1 })).toBeCloseTo(
    (2 / Math.sqrt(Math.PI)) * (2 - Math.SQRT2),
    14,
  );
  for (const overlap of [1, -1]) expect(meanAbsoluteError({ overlap, norm: 1 })).toBeCloseTo(0, 15);
});

describe("mean squared error", () => {
  it.each(phaseCases.filter(({ id }) => id.startsWith("mse_")))("$id", ({ params, value, tolerance }) => {
    const error = meanSquaredError({ overlap: params.m!, norm: params.q!, signalNorm: params.q0! });
    expect(Math.abs(error - value)).toBeLessThan(tolerance);
  });

  it("is even in m, 2 − 4/π without overlap, 0 at the signal, with slope −(4/π) arcsin m", () => {
    const onSphere = (overlap: number) => meanSquaredError({ overlap, norm: 1 });
    expect(onSphere(0)).toBeCloseTo(2 - 4 / Math.PI, 15);
    expect(onSphere(1)).toBeCloseTo(0, 15);
    fc.assert(
      fc.property(fc.double({ min: -0.99, max: 0.99, noNaN: true }), (m) => {
        expect(onSphere(m)).toBeCloseTo(onSphere(-m), 14);
        const slope = (onSphere(m + 1e-5) - onSphere(m - 1e-5)) / 2e-5;
        expect(slope).toBeCloseTo((-4 / Math.PI) * Math.asin(m), 6);
      }),
    );
  });

  it("refuses overlaps that no vectors have", () => {
    expect(() => meanSquaredError({ overlap: 1.1, norm: 1 })).toThrow(/^overlap is 1.1; allowed/);
    expect(() => meanSquaredError({ overlap: 0, norm: 0 })).toThrow(/^norm is 0; allowed/);
    expect(() => meanSquaredError({ overlap: 0, norm: 1, signalNorm: -1 })).toThrow(/^signalNorm/);
  });
});
