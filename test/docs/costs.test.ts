import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { costLines } from "../../benchmarks/costs";

it("the table of costs has the lines that `npm run bench -- costs` measures, each with seconds and a ratio to the first", () => {
  const page = readFileSync(new URL("../../docs/which-method.md", import.meta.url), "utf8");
  const table = page
    .match(/^\| method \| system (?:.*\n)+?(?=\n)/m)![0]
    .trimEnd()
    .split("\n");
  expect(table.slice(0, 2)).toEqual(costLines.slice(0, 2));
  const lines = table.slice(2).map((line) => line.match(/^(.*) \| (\S+) \| (\S+) \|$/)!);
  expect(lines.map(([, words]) => `${words} |`)).toEqual(costLines.slice(2));
  const baseline = Number(lines[0][2]);
  for (const [, , seconds, ratio] of lines) {
    // Both are printed to two digits.
    expect(Math.abs(Number(seconds) / baseline / Number(ratio) - 1)).toBeLessThan(0.1);
  }
});
