import fc from "fast-check";
import { expect, it } from "vitest";
import { InvalidParameterError } from "../../src/core/errors";
import { parsePlan } from "../../src/run/sweep/plan";
import { createPoints } from "../../src/run/sweep/points";

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
    named: "parameters.",
  })),
  key.map((stray) => ({ source: put(sweep, ["plot", 0, `${stray}?`], 1), named: "plot[0]." })),
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

it(`${SWEEPS} sweeps with one thing wrong are refused on one line that names it`, async () => {
  await fc.assert(
    fc.asyncProperty(malformed, async ({ source, named }) => {
      const error = await Promise.resolve()
        .then(() => createPoints(parsePlan(source)))
        .then(
          () => undefined,
          (reason) => reason,
        );
      expect(error).toBeInstanceOf(InvalidParameterError);
      expect(error.parameter.startsWith(named)).toBe(true);
      expect(error.message).toMatch(/^[^\p{Cc}]{1,600}$/u);
    }),
    { numRuns: SWEEPS, seed: 20261122 },
  );
});
