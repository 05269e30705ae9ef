import { describe, expect, it } from "vitest";
import { reportUntil } from "../../src/systems/config/report";
import { predictionRows } from "../../src/systems/rows/predictions";

const report = { pairs: [], ratios: [], samples: false };

describe("the report of a run", () => {
  it("has 60 times over three decades by default", () => {
    const { times } = reportUntil(report, 50);
    expect(times).toHaveLength(60);
    expect(times[0]).toBeCloseTo(0.05, 12);
    expect(times.at(-1)).toBe(50);
  });

  it("has whole times where a system counts steps, each once, from the first step on", () => {
    const { times } = reportUntil(report, 200, "step");
    expect(times[0]).toBe(1);
    expect(times.at(-1)).toBe(200);
    expect(times.every(Number.isInteger)).toBe(true);
    expect(times.every((t, k) => k === 0 || t > times[k - 1])).toBe(true);
    expect(reportUntil({ ...report, times: [1.5] }, 200, "step").times).toEqual([1.5]);
  });

  it("makes pairs of ratios for every time, after those that are given", () => {
    const { pairs } = reportUntil({ ...report, times: [2, 4], pairs: [[4, 1]], ratios: [0.5, 0] }, 4);
    expect(pairs).toEqual([
      [4, 1],
      [2, 1],
      [4, 2],
      [2, 0],
      [4, 0],
    ]);
  });

  it("does not go beyond the end", () => {
    expect(() => reportUntil({ ...report, times: [5] }, 4)).toThrow(/report\.times is 5/);
    expect(() => reportUntil({ ...report, pairs: [[5, 1]] }, 4)).toThrow(/report\.pairs\[0\]\[0\]/);
  });
});

describe("rows of predictions", () => {
  it("have a complex value twice and a matrix by its indices", () => {
    const matrix = [[{ real: 1, imaginary: -2 }], ["never"]];
    expect(predictionRows({ kappa: matrix })).toEqual([
      { quantity: "kappa", index: [0, 0], statistic: "real", value: 1 },
      { quantity: "kappa", index: [0, 0], statistic: "imaginary", value: -2 },
      { quantity: "kappa", index: [1, 0], value: "never" },
    ]);
    expect(predictionRows({ gap: Infinity, mu: { real: 0, imaginary: Number.NaN } })).toEqual([
      { quantity: "gap", value: "infinity" },
      { quantity: "mu", statistic: "real", value: 0 },
      { quantity: "mu", statistic: "imaginary", value: "undefined" },
    ]);
  });

  it("are those that a report names, and all where it is made for a run", () => {
    const named = (...quantities: string[]) =>
      predictionRows({ plateau: 0.5, exponent: 0.4 }, { quantities }, ["loss", "exponent"]).map(
        ({ quantity }) => quantity,
      );
    expect(named("exponent")).toEqual(["exponent"]);
    expect(named("loss", "plateau")).toEqual(["plateau"]);
    expect(named("loss")).toEqual(["plateau", "exponent"]);
    expect(named("loss", "exponent")).toEqual(["plateau", "exponent"]);
  });
});
