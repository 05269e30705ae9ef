import { describe, expect, it } from "vitest";
import { createDraws } from "../../src/numerics/draws";
import { kolmogorovSmirnov } from "../../src/numerics/kolmogorov";
import { createStreams } from "../../src/numerics/streams";

const streams = createStreams(20261122);
const drawsOf = (sample: number) =>
  createDraws(streams.stream("data", sample, 0), streams.stream("data", sample, 1));

describe("χ² variates", () => {
  it.each([2, 3, 5, 20, 100])("have the law of a sum of %i squares", (freedom) => {
    const draws = drawsOf(freedom);
    const size = 10_000;
    const variates = Float64Array.from({ length: size }, () => draws.chiSquare(freedom));
    const sums = Float64Array.from({ length: size }, () => {
      let sum = 0;
      for (let i = 0; i < freedom; i++) sum += draws.normal() ** 2;
      return sum;
    });
    expect(kolmogorovSmirnov(variates, sums).pValue).toBeGreaterThan(1e-3);
  });

  it("have the law of χ² with 6 degrees of freedom, which their cubes of normals before the rejection have not", () => {
    const draws = drawsOf(6);
    const size = 1_000_000;
    const law = (x: number) => 1 - Math.exp(-x / 2) * (1 + x / 2 + (x * x) / 8);
    const uniforms = Float64Array.from({ length: size }, (_, k) => (k + 0.5) / size);
    const variates = uniforms.map(() => law(draws.chiSquare(6)));
    expect(kolmogorovSmirnov(variates, uniforms).pValue).toBeGreaterThan(1e-3);
    const d = 3 - 1 / 3;
    const cubes = uniforms.map(() => law(2 * d * Math.max(0, 1 + draws.normal() / Math.sqrt(9 * d)) ** 3));
    expect(kolmogorovSmirnov(cubes, uniforms).pValue).toBeLessThan(1e-3);
  });

  it("do not mind a change of the degrees of freedom in between", () => {
    const draws = drawsOf(0);
    const mixed = Float64Array.from({ length: 10_000 }, () => {
      draws.chiSquare(7);
      return draws.chiSquare(2);
    });
    const exponential = mixed.map((_, k) => -2 * Math.log(1 - (k + 0.5) / mixed.length));
    expect(kolmogorovSmirnov(mixed, exponential).pValue).toBeGreaterThan(1e-3);
  });

  it("at very many degrees of freedom are normal around them", () => {
    const draws = drawsOf(1);
    const freedom = 1e12;
    const scaled = Float64Array.from(
      { length: 10_000 },
      () => (draws.chiSquare(freedom) - freedom) / Math.sqrt(2 * freedom),
    );
    const normals = scaled.map(() => draws.normal());
    expect(kolmogorovSmirnov(scaled, normals).pValue).toBeGreaterThan(1e-3);
  });

  it("after a restart are those of the new streams alone", () => {
    const used = drawsOf(2);
    for (let k = 0; k < 100; k++) used.chiSquare(2);
    used.restart(streams.stream("data", 3, 0), streams.stream("data", 3, 1));
    const fresh = drawsOf(3);
    for (let k = 0; k < 2000; k++) expect(used.chiSquare(2)).toBe(fresh.chiSquare(2));
  });
});
