import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kolmogorovSmirnov } from "../../src/numerics/kolmogorov";
import { createStreams } from "../../src/numerics/streams";

const uniforms = (samples: number, sample: number) => {
  const values = new Float64Array(samples);
  createStreams(20261122).stream("data", sample).fillUniform(values);
  return values;
};

/** All ways to choose which of n + m ranks belong to the first sample. */
function* choices(n: number, m: number): Generator<number[]> {
  if (n === 0) yield [];
  else {
    if (m > 0) for (const rest of choices(n, m - 1)) yield rest;
    for (const rest of choices(n - 1, m)) yield [...rest, n + m - 1];
  }
}

const complement = (ranks: readonly number[], total: number) =>
  Array.from({ length: total }, (_, k) => k).filter((k) => !ranks.includes(k));

describe("two-sample Kolmogorov-Smirnov test", () => {
  it("has the distance of the definition", () => {
    const times = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(times, times, (x, y) => {
        const share = (values: readonly number[], t: number) =>
          values.filter((v) => v <= t).length / values.length;
        const wanted = Math.max(...[...x, ...y].map((t) => Math.abs(share(x, t) - share(y, t))));
        expect(kolmogorovSmirnov(x, y).distance).toBeCloseTo(wanted, 14);
        expect(kolmogorovSmirnov(y, x)).toEqual(kolmogorovSmirnov(x, y));
      }),
    );
  });

  it.each([
    [4, 4],
    [3, 7],
    [1, 6],
  ])("counts the orders of %i and %i values that part as far", (n, m) => {
    const all = [...choices(n, m)].map((ranks) => kolmogorovSmirnov(ranks, complement(ranks, n + m)));
    for (const { distance, pValue } of all) {
      const wanted = all.filter((other) => other.distance >= distance - 1e-12).length / all.length;
      expect(pValue).toBeCloseTo(wanted, 13);
    }
  });

  it("has p = 2/binomial(2n, n) for samples apart, however small", () => {
    const x = Float64Array.from({ length: 40 }, (_, k) => k);
    let binomial = 1;
    for (let k = 1; k <= 40; k++) binomial *= (40 + k) / k;
    const { distance, pValue } = kolmogorovSmirnov(
      x,
      x.map((v) => v + 100),
    );
    expect(distance).toBe(1);
    expect((pValue * binomial) / 2).toBeCloseTo(1, 10);
  });

  it("goes over to the limit law without a jump", () => {
    // 1000 × 1000 values are counted; 1001 × 1000 are not.
    const y = uniforms(1000, 1);
    for (const shift of [0, 0.02, 0.05, 0.08]) {
      const x = uniforms(1001, 0).map((v) => v + shift);
      const counted = kolmogorovSmirnov(x.subarray(0, 1000), y);
      const limit = kolmogorovSmirnov(x, y);
      expect(Math.abs(Math.log(limit.pValue / counted.pValue))).toBeLessThan(0.15);
    }
    expect(kolmogorovSmirnov(uniforms(2000, 2), uniforms(2000, 2)).pValue).toBe(1);
  });

  it("has Stephens' correction where one sample is small", () => {
    // 20 × 50000 values are counted, 20 × 50001 are not; without the correction ln p is off by 0.1 to 0.3.
    const large = uniforms(50_001, 1);
    for (const shift of [0.1, 0.2, 0.3]) {
      const small = uniforms(20, 0).map((v) => v + shift);
      const counted = kolmogorovSmirnov(small, large.subarray(0, 50_000));
      const limit = kolmogorovSmirnov(small, large);
      expect(Math.abs(Math.log(limit.pValue / counted.pValue))).toBeLessThan(0.05);
    }
  });

  it("leaves out what comes after the end of watching", () => {
    const x = Float64Array.of(1, 2, 3, 4, Infinity, Infinity);
    const y = Float64Array.of(1.5, 2.5, 3.5, 7, 8, 9);
    expect(kolmogorovSmirnov(x, y, 5).distance).toBeCloseTo(1 / 6, 14);
    expect(kolmogorovSmirnov(x, y).distance).toBeCloseTo(1 / 3, 14);
    const never = new Float64Array(5).fill(Infinity);
    expect(kolmogorovSmirnov(never, never)).toEqual({ distance: 0, pValue: 1 });
  });

  it("refuses a sample without values", () => {
    expect(() => kolmogorovSmirnov([], [1])).toThrow("first.length");
    expect(() => kolmogorovSmirnov([1], [])).toThrow("second.length");
  });
});
