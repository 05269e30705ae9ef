import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { stringify } from "yaml";
import { fail } from "../../src/cli/failure";
import { runProgram } from "../../src/cli/program";
import { inOneLine } from "../../src/core/errors";
import { parsePlan } from "../../src/run/sweep/plan";
import { createPoints } from "../../src/run/sweep/points";
import { newFolder } from "../cli/spawn";

const SWEEPS = 500;

const sweep = {
  verb: "solve",
  base: {
    system: "p-spin",
    parameters: { p: 3, schedule: { kind: "power-law", rate: 1, exponent: 0.2 } },
    method: { kind: "uniform", until: 1, points: 20 },
  },
  vary: {
    "parameters.temperature": [0, 0.5],
    "parameters.schedule.exponent": { from: 0.1, to: 0.9, points: 3, scale: "log" },
  },
  combine: "product",
  seeds: 1,
  timeLimit: 10,
  plot: [{ x: "parameters.temperature", y: "loss", at: 1, series: "parameters.schedule.exponent" }],
};
type Path = readonly (string | number)[];

/** What no place of a sweep may hold. */
const nonsense = fc.constantFrom<unknown>(
  ...[Number.NaN, -Infinity, -1e308, 0.5e-300, "\u001b[31m\n", "x".repeat(10_000), [[]], [{}], true],
  ...[{ "": null }, { deep: { deeper: [] } }, { from: 1 }, { from: 0, to: 1, points: 2, scale: "cubic" }],
);

/** Places of the sweep, and how errors call them. */
const places: readonly (readonly [path: Path, named: string])[] = [
  [["verb"], "verb"],
  [["base"], "base"],
  [["vary"], "vary"],
  [["combine"], "combine"],
  [["seeds"], "seeds"],
  [["timeLimit"], "timeLimit"],
  [["plot"], "plot"],
  [["plot", 0, "x"], "plot[0].x"],
  [["plot", 0, "series"], "plot[0].series"],
  [["vary", "parameters.schedule.exponent", "from"], "vary.parameters.schedule.exponent.from"],
  [["vary", "parameters.schedule.exponent", "to"], "vary.parameters.schedule.exponent.to"],
  [["vary", "parameters.schedule.exponent", "points"], "vary.parameters.schedule.exponent.points"],
  [["vary", "parameters.schedule.exponent", "scale"], "vary.parameters.schedule.exponent.scale"],
  [["vary", "parameters.temperature", 1], "parameters.temperature"],
  [["base", "parameters", "p"], "parameters.p"],
  [["base", "method", "points"], "method.points"],
  [["base", "system"], "system"],
];

/** What is allowed somewhere; and a record for the base names its own keys. */
const isAllowed = (named: string, value: unknown) =>
  (named === "base" && typeof value === "object" && !Array.isArray(value)) ||
  ((named === "timeLimit" ||
    named.endsWith(".to") ||
    named.endsWith(".from") ||
    named === "parameters.temperature") &&
    value === 0.5e-300);

const key = fc
  .string({ unit: "binary", minLength: 1, maxLength: 30 })
  .filter((text) => !(text in Object.prototype));

const malformed = fc.oneof(
  fc
    .record({ place: fc.constantFrom(...places), value: nonsense })
    .filter(({ place, value }) => !isAllowed(place[1], value))
    .map(({ place: [path, named], value }) => ({ source: put(sweep, path, value), named })),
  key.map((stray) => ({ source: { ...sweep, [`${stray}?`]: 1 }, named: `${stray}?` })),
  key.map((stray) => ({ source: put(sweep, ["vary", `${stray}?`], [1]), named: `vary.${stray}?` })),
  key.map((stray) => ({
    source: put(sweep, ["vary", `parameters.${stray.replace(/[.[\]]/g, "")}?`], [1]),
    named: `parameters.${stray.replace(/[.[\]]/g, "")}?`,
  })),
  key.map((stray) => ({ source: put(sweep, ["plot", 0, `${stray}?`], 1), named: `plot[0].${stray}?` })),
);

function put(value: unknown, [key, ...rest]: Path, inside: unknown): unknown {
  if (key === undefined) return inside;
  if (Array.isArray(value)) return value.map((item, k) => (k === key ? put(item, rest, inside) : item));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: put(record[key], rest, inside) };
}

it("the sweep itself is good", async () => {
  expect((await createPoints(parsePlan(sweep))).size).toBe(6);
});

it(`${SWEEPS} files of sweeps with one thing wrong are exit status 2 and one line that names it`, async () => {
  const file = join(newFolder(), "sweep.yaml");
  const out = join(newFolder(), "out");
  let said = "";
  const write = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += text;
    return true;
  });
  // Each call listens for Ctrl-C until the program ends.
  process.setMaxListeners(3 * SWEEPS);
  await fc
    .assert(
      fc.asyncProperty(malformed, async ({ source, named }) => {
        writeFileSync(file, stringify(source));
        said = "";
        const status = await runProgram(["sweep", file, "--out", out]).catch(fail);
        expect(status).toBe(2);
        expect(said).toMatch(/^error: [^\p{Cc}]{1,600}\n$/u);
        expect(said.slice("error: ".length)).toSatisfy((line: string) => line.startsWith(inOneLine(named)));
      }),
      { numRuns: SWEEPS, seed: 20261122 },
    )
    .finally(() => write.mockRestore());
  expect(existsSync(out)).toBe(false);
});
