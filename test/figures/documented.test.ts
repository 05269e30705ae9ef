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
    for (const [, id, , , ...costs] of rows) {
      const { cost } = figures.find((figure) => figure.id === id)!;
      const texts = presets.map((preset) => durationText(cost[preset]));
      expect(
        costs.slice(0, 3).map((text) => text.replace("~", "")),
        id,
      ).toEqual(texts);
    }
  });
});
