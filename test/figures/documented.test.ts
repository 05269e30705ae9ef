import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { durationText, presets } from "../../src/figures";
import { allFigures } from "../../src/run/all-figures";

describe("docs/figures.md", () => {
  const rows = readFileSync("docs/figures.md", "utf8")
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([, id]) => /^[a-z]+-[a-z-]+$/.test(id ?? ""));

  it("tells what the presets of the figures cost", async () => {
    const figures = await allFigures();
    expect(rows.length).toBeGreaterThan(20);
    for (const [, id, , , ...cells] of rows) {
      const { cost } = figures.find((figure) => figure.id === id)!;
      const texts = presets.map((preset) => durationText(cost[preset]));
      // A cost, and after a dot what is shown for it.
      expect(
        cells.slice(0, 3).map((cell) => cell.split(" · ")[0].replace("~", "")),
        id,
      ).toEqual(texts);
    }
  });

  it("has a row for every figure, with seven cells", async () => {
    const ids = (await allFigures()).map(({ id }) => id);
    expect(rows.map(([, id]) => id).sort()).toEqual([...ids].sort());
    for (const row of rows) {
      expect(row.length, row[1]).toBe(9);
      for (const cell of row.slice(1, -1)) expect(cell, row[1]).not.toBe("");
    }
  });
});
