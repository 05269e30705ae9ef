import { describe, expect, it } from "vitest";
import type { TwoTimeSolution } from "../../src/core/results";
import { parseConfig, withFields } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import { layOutFields } from "../../src/systems/fields/lay-out";
import { MOST_BYTES, thinning } from "../../src/systems/fields/size";
import type { QuantityInfo } from "../../src/systems/system";

const pSpin = { system: "p-spin", parameters: { p: 3 }, method: { until: 8 } };
const fieldsAsked = (fields: object) =>
  reportOf("solve", parseConfig({ ...pSpin, report: { fields } }, "solve")).fields;

describe("what is asked of fields", () => {
  it("is a list in order, equal steps, equal ratios, or the solver's own nodes", () => {
    expect(fieldsAsked({ times: [4, 1, 4] })?.times).toEqual([1, 4]);
    expect(fieldsAsked({ points: 5 })?.times).toEqual([0, 2, 4, 6, 8]);
    expect(fieldsAsked({ points: 3, from: 2, to: 4 })?.times).toEqual([2, 3, 4]);
    expect(fieldsAsked({ points: 4, scale: "log", from: 1 })?.times).toEqual([
      1,
      expect.closeTo(2, 12),
      expect.closeTo(4, 12),
      8,
    ]);
    expect(fieldsAsked({})).toEqual({});
    expect((withFields(pSpin) as { report: object }).report).toEqual({ fields: {} });
    expect(withFields({ ...pSpin, report: { fields: { points: 5 } } })).toMatchObject({
      report: { fields: { points: 5 } },
    });
  });

  it.each([
    [{ times: [9] }, "report.fields.times"],
    [{ times: [] }, "report.fields.times"],
    [{ times: [1], points: 3 }, "report.fields.points"],
    [{ scale: "log" }, "report.fields.scale"],
    [{ points: 1 }, "report.fields.points"],
    [{ points: 3, to: 9 }, "report.fields.to"],
    [{ points: 3, from: 8 }, "report.fields.from"],
    [{ points: 3, from: 0, scale: "log" }, "report.fields.from"],
    [{ quantities: ["loss"] }, 'report.fields.quantities[0] "loss"'],
    [{ point: 3 }, "report.fields.point"],
    // One function may have so many times, two may not.
    [{ points: 5000 }, "report.fields.points"],
  ])("%j is refused at the door", (fields, parameter) => {
    expect(() => fieldsAsked(fields)).toThrow(expect.objectContaining({ parameter }));
  });

  it("is refused of a system without two times", () => {
    const source = { system: "convex", parameters: { schedule: 1 }, report: { times: [1], fields: {} } };
    expect(() => parseConfig(source, "solve")).toThrow(
      expect.objectContaining({ parameter: "report.fields" }),
    );
  });
});

const pair = { symbol: "", of: "pair", meaning: "" } as const;
const quantities: readonly QuantityInfo[] = [
  { name: "correlation", ...pair },
  { name: "response", ...pair, causal: true },
  { name: "integrated", ...pair, causal: true, costly: true },
  { name: "loss", symbol: "", of: "time", meaning: "" },
];
/** C = 10t + t′ below the diagonal, R = t − t′, with errors of 1. */
const solution = {
  time: Float64Array.of(1, 2, 3),
  twoTime: ["correlation", "response", "integrated"],
  estimate: (quantity: string, t: number, u: number) => ({
    value: quantity === "correlation" ? 10 * Math.max(t, u) + Math.min(t, u) : t < u ? 0 : t - u,
    error: t === u ? 0 : 1,
  }),
} as unknown as TwoTimeSolution;

describe("fields", () => {
  it("on own nodes fill both halves: symmetric, or 0 where nothing is caused yet", async () => {
    const { shape, grid, functions, timePrime } = await layOutFields(solution, quantities, {});
    expect({ shape, grid }).toEqual({ shape: [3, 3], grid: "product" });
    expect(timePrime).toEqual(solution.time);
    expect(Object.keys(functions)).toEqual(["correlation", "response"]);
    expect([...functions.correlation.value]).toEqual([11, 21, 31, 21, 22, 32, 31, 32, 33]);
    expect([...functions.response.value]).toEqual([0, 0, 0, 1, 0, 0, 2, 1, 0]);
    expect([...functions.response.error!]).toEqual([0, 0, 0, 1, 0, 0, 1, 1, 0]);
  });

  it("on times that are asked for, and of functions that are named", async () => {
    const { time, functions } = await layOutFields(solution, quantities, {
      times: [1.5, 2],
      quantities: ["integrated"],
    });
    expect([...time]).toEqual([1.5, 2]);
    expect(Object.keys(functions)).toEqual(["integrated"]);
    expect([...functions.integrated.value]).toEqual([0, 0, 0.5, 0]);
  });

  it("on rows of their own keep those, and end where they end", async () => {
    const rows = [Float64Array.of(0, 1), Float64Array.of(0, 1, 2)];
    const nodes = { time: Float64Array.of(1, 2), earlier: (k: number) => rows[k] };
    const { shape, grid, functions, timePrime } = await layOutFields({ ...solution, nodes }, quantities, {});
    expect({ shape, grid }).toEqual({ shape: [2, 3], grid: "rows" });
    expect([...timePrime]).toEqual([0, 1, Number.NaN, 0, 1, 2]);
    expect([...functions.correlation.value]).toEqual([10, 11, Number.NaN, 20, 21, 22]);
  });

  it("that would be too large are on every second, third … of the own nodes", () => {
    const fits = Math.floor(Math.sqrt(MOST_BYTES / 32));
    expect([fits, fits + 1, 2 * fits].map((times) => thinning(times, undefined, 2))).toEqual([1, 2, 3]);
    // Rows of their own get no shorter.
    expect(thinning(1e6, MOST_BYTES / 32 / 1e5, 2)).toBe(11);
  });

  it("that are thinned keep the last time", async () => {
    const thinned = await layOutFields(solution, quantities, {}, {}, 4 * 32);
    expect(thinned.every).toBe(2);
    expect([...thinned.time]).toEqual([1, 3]);
    expect([...thinned.functions.correlation.value]).toEqual([11, 31, 31, 33]);
  });
});
