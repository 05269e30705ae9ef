import { describe, expect, it } from "vitest";
import { durationText } from "../../../src/figures";
import { fixed, percent, probability, table, withError } from "../../../src/figures/kit/table";

describe("a table", () => {
  it("has a row for each thing and a column for each question, to the digits asked for", () => {
    const rows = [
      { name: "a", mean: 1.23456, standardError: 0.0444, count: 3 },
      { name: "b", mean: null, standardError: null, count: 0.5 },
    ];
    const { columns, rows: cells } = table(rows, [
      ["name", ({ name }) => name],
      [["time", "SE"], (row) => row, 2],
      ["count", ({ count }, k) => count + k],
    ]);
    expect(columns).toEqual(["name", "time", "SE", "count"]);
    expect(cells).toEqual([
      ["a", 1.23, 0.04, 3],
      ["b", "–", "–", 1.5],
    ]);
  });
});

describe("numbers in print", () => {
  it("have a true minus, digits, and an error where it is known", () => {
    expect([fixed(-0.125, 2), fixed(null, 2)]).toEqual(["−0.13", "–"]);
    expect(withError(-1.204, 0.056, 2)).toBe("−1.20 ± 0.06");
    expect(withError(12.34, Infinity, 1)).toBe("12.3");
    expect(percent(0.42, 0.08)).toBe("42 ± 8 %");
  });

  it("tell no more of a p-value than a bootstrap can", () => {
    expect([0.4321, 0.001, 0.0004].map(probability)).toEqual(["0.43", "0.0010", "< 0.001"]);
  });

  it("tell durations in the unit that suits them", () => {
    const texts = [0.4, 100, 119, 130, 7100, 7300, 172900, 11e6].map(durationText);
    const units = ["0.4 seconds", "100 seconds", "120 seconds", "2.2 minutes", "120 minutes", "2 hours"];
    expect(texts).toEqual([...units, "2 days", "130 days"]);
  });
});
