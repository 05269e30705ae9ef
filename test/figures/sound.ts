import { expect } from "vitest";
import type { FigureResult } from "../../src/figures";
import { parseConfig } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import { numbersIn, parseSvg } from "./tools";

/** What holds for every figure: finite data that JSON holds, drawings without holes, words, configs that parse. */
export function expectSound(result: FigureResult): void {
  const { data, panels, caption, notes, title, paper, citations, table, recipes } = result;
  const numbers = numbersIn(data);
  expect(numbers.length).toBeGreaterThan(50);
  expect(numbers.every(Number.isFinite)).toBe(true);
  expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  for (const { name, svg } of panels) {
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(parseSvg(svg).getAttribute("aria-label")).toBeTruthy();
    expect(name).toBeTruthy();
  }
  for (const text of [title, paper, caption, ...notes]) expect(text).not.toMatch(/NaN|undefined|Infinity/);
  for (const row of table?.rows ?? []) expect(row.length).toBe(table!.columns.length);
  expect(citations.length).toBeGreaterThan(0);
  for (const { config, verb } of recipes) {
    expect(() => reportOf(verb, parseConfig(JSON.parse(JSON.stringify(config)), verb))).not.toThrow();
  }
}
