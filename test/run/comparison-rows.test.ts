import { describe, expect, it } from "vitest";
import type { Comparison, EventComparison } from "../../src/compare";
import { comparisonRows } from "../../src/run/comparison-rows";
import { rowsFromCsv, rowsToCsv } from "../../src/run/csv";

const report = { times: [], pairs: [], samples: false };
const event: EventComparison = {
  quantity: "exitTime",
  statistic: "mean",
  theory: 2,
  simulation: 1.5,
  standardError: 0.25,
  deviation: 2,
};
const comparison: Comparison = {
  quantities: [
    {
      quantity: "overlap[0]",
      time: Float64Array.of(1),
      theory: Float64Array.of(0.5),
      simulation: Float64Array.of(0.4),
      standardError: Float64Array.of(0.05),
      deviation: Float64Array.of(2),
      statistic: 2,
      pValue: 0.06,
    },
  ],
  events: [event],
  samples: 10,
  size: 100,
};

describe("rows of a comparison", () => {
  it("are points and one row of statistic curve for a quantity, then the events", () => {
    expect(comparisonRows(comparison, report)).toEqual([
      {
        quantity: "overlap",
        index: [0],
        time: 1,
        theory: 0.5,
        simulation: 0.4,
        standardError: 0.05,
        deviation: 2,
      },
      { quantity: "overlap", index: [0], statistic: "curve", value: 2, pValue: 0.06 },
      {
        quantity: "exitTime",
        statistic: "mean",
        theory: 2,
        simulation: 1.5,
        standardError: 0.25,
        deviation: 2,
      },
    ]);
  });

  it("tell the distribution of an event where it is compared, in words what JSON cannot hold", () => {
    const distribution = { distance: 0.1, pValue: 0.3 };
    const never = {
      ...event,
      statistic: "fraction",
      theory: 0,
      simulation: 1,
      deviation: -Infinity,
    } as const;
    const rows = comparisonRows(
      { ...comparison, quantities: [], events: [{ ...never, standardError: Infinity, distribution }] },
      report,
    );
    expect(rows).toEqual([
      { quantity: "exitTime", statistic: "fraction", theory: 0, simulation: 1, deviation: "-infinity" },
      { quantity: "exitTime", statistic: "distribution", value: 0.1, pValue: 0.3 },
    ]);
  });

  it("are those of the quantities that the report names", () => {
    const names = (quantities: string[]) =>
      comparisonRows(comparison, { ...report, quantities }).map(({ quantity }) => quantity);
    expect(names(["overlap"])).toEqual(["overlap", "overlap"]);
    expect(names(["exitTime"])).toEqual(["exitTime"]);
    expect(names(["risk"])).toEqual([]);
  });

  it("come back from CSV as they were", async () => {
    const rows = comparisonRows(comparison, report);
    expect(await rowsFromCsv(await rowsToCsv(rows))).toEqual(rows);
  });
});
