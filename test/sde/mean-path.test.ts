import { describe, expect, it } from "vitest";
import { mean, standardError } from "../../src/numerics/statistics";
import { createMeanPath, createPathGrid, createPathRecorder, joinSums } from "../../src/sde/mean-path";

/** Quantity i of path n at step k. */
const value = (n: number, k: number, i: number) => 1e3 + Math.sin(1 + 7 * n + 3 * k) * (i + 1) + n * n;

function recorded(grid: ReturnType<typeof createPathGrid>, from: number, to: number) {
  const recorder = createPathRecorder(grid);
  for (let n = from; n < to; n++) {
    for (let k = 0; k <= grid.steps; k++) {
      recorder.record(k, (out) => {
        for (let i = 0; i < out.length; i++) out[i] = value(n, k, i);
      });
    }
    recorder.end();
  }
  return recorder.sums();
}

describe("the mean of paths", () => {
  it.each([[[0, 9]], [[0, 1, 9]], [[0, 3, 4, 9]]])("in groups cut at %j is that of all", (cuts) => {
    const grid = createPathGrid(["a", "b"], 4, 0.5);
    const groups = cuts.slice(1).map((to, k) => recorded(grid, cuts[k], to));
    const { samples, time, sample } = createMeanPath(grid, joinSums(groups));
    expect(samples).toBe(9);
    expect([...time]).toEqual([0, 0.5, 1, 1.5, 2]);
    const { series, standardError: errors } = sample([0, 1.5, 0.75]);
    for (const [i, name] of ["a", "b"].entries()) {
      for (const [place, k] of [0, 3].entries()) {
        const values = Array.from({ length: 9 }, (_, n) => value(n, k, i));
        expect(series[name][place]).toBeCloseTo(mean(values), 10);
        expect(errors[name][place]).toBeCloseTo(standardError(values), 10);
      }
      const between = Array.from({ length: 9 }, (_, n) => (value(n, 1, i) + value(n, 2, i)) / 2);
      expect(series[name][2]).toBeCloseTo(mean(between), 10);
    }
  });

  it("has no standard error for one path, and thins out long ones", () => {
    const grid = createPathGrid(["a"], 2_500_001, 1e-3);
    expect(grid.time.length).toBeLessThan(1e6);
    expect(grid.time.at(-1)).toBe(2_500_001 * 1e-3);
    const one = createMeanPath(createPathGrid(["a"], 1, 1), recorded(createPathGrid(["a"], 1, 1), 0, 1));
    expect(one.sample([1]).standardError.a[0]).toBe(Infinity);
  });
});
