import { describe, expect, it } from "vitest";
import { nextSpacing } from "../../../src/chsck/aging/spacing";

describe("the distance of rows", () => {
  const spacing = { transient: 0.05, late: 0.15 };
  const next = (before: number, share: number) => nextSpacing(spacing, before, share);

  it("is that of the transient there, and larger before it, where all changes are proportional to σ", () => {
    for (const share of [0.3, 1, 99]) expect(next(0, share)).toBe(0.05);
    expect(next(0, 0)).toBeCloseTo(2.4 * 0.05, 12);
    expect(next(0, 0.1)).toBeCloseTo(0.05 * 3 ** 0.2, 12);
    expect(next(0, 1e-5)).toBeCloseTo(2.4 * 0.05, 12);
    expect(next(0.12, 0.3)).toBe(0.05);
  });

  it("grows slowly to that of late rows, and never shrinks there", () => {
    expect(next(0.05, 100)).toBeCloseTo(1.025 * 0.05, 12);
    expect(next(0.149, 1e5)).toBe(0.15);
    expect(next(0.2, 1e5)).toBe(0.15);
    expect(nextSpacing({ transient: 0.05, late: 0.03 }, 0.05, 1e5)).toBe(0.05);
  });

  it("grows from what was taken after a row that had to be short", () => {
    expect(next(0.02, 1e5)).toBeCloseTo(1.2 * 0.02, 12);
    expect(next(0.044, 1)).toBe(0.05);
    expect(next(0.046, 1e5)).toBeCloseTo(1.025 * 0.046, 12);
  });
});
