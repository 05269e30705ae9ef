import { describe, expect, it } from "vitest";
import { overlapScale } from "../../../src/chsck/aging/overlap";

describe("the scale of an overlap", () => {
  for (const start of [1, -0.1, 1e-10]) {
    const { of, value, slope } = overlapScale(start);
    it(`is ln|m| far above 1e-8 of the start ${start}, and m itself far below`, () => {
      const size = Math.abs(start);
      for (const m of [size, size / 100]) {
        expect(of(m)).toBeCloseTo(Math.log(m), 9);
        expect(value(of(m)) / m).toBeCloseTo(Math.sign(start), 12);
        expect(slope(of(m)) / (Math.sign(start) * m)).toBeCloseTo(1, 9);
      }
      const least = 1e-8 * size;
      const small = 1e-4 * least;
      expect((of(small) - of(0)) / (small / least)).toBeCloseTo(1, 7);
      expect(value(of(0))).toBeCloseTo(0, 12);
      // It passes through 0.
      expect(value(of(0) - 1) * start).toBeLessThan(0);
      const h = 1e-5;
      const w = of(3 * least);
      expect((value(w + h) - value(w - h)) / (2 * h) / slope(w)).toBeCloseTo(1, 7);
    });
  }
});
