import { describe, expect, it } from "vitest";
import { sweepSchema } from "../../../src/run/sweep/json-schema";
import { parsePlan } from "../../../src/run/sweep/plan";
import { matches } from "../../systems/config/matches";

const schema = sweepSchema();
const base = { system: "p-spin", parameters: { temperature: 0 }, method: { until: 1 } };
const vary = { "parameters.p": [3, 4], "parameters.temperature": { from: 0.1, to: 1, points: 4 } };
const sweep = { verb: "solve", base, vary };

describe("the schema of sweeps", () => {
  it.each([
    ["a base without what is varied", sweep],
    ["an address of the schema", { $schema: "./sweep.schema.json", ...sweep }],
    ["a sweep of nothing", { verb: "predict", base: { system: "p-spin", parameters: { p: 3 } } }],
    ["systems that are varied", { verb: "predict", base: {}, vary: { system: ["p-spin", "convex"] } }],
    [
      "every key",
      {
        ...sweep,
        combine: "product",
        seeds: 2,
        timeLimit: null,
        plot: [{ x: "parameters.p", y: "loss", at: 1, series: "parameters.temperature" }],
      },
    ],
    [
      "part of a schedule, the rest of which is varied",
      {
        verb: "solve",
        base: { system: "p-spin", parameters: { p: 3, schedule: { rate: 1 } }, method: { until: 1 } },
        vary: { "parameters.schedule.kind": ["constant"] },
      },
    ],
  ])("takes %s, as the sweep itself does", (_, source) => {
    expect(matches(schema, source)).toBe(true);
    if ("system" in source.base) expect(parsePlan(source).size).toBeGreaterThan(0);
  });

  it.each([
    ["no verb", { base, vary }],
    ["no base", { verb: "solve", vary }],
    ["a verb that is not there", { ...sweep, verb: "solves" }],
    ["a key that is not known", { ...sweep, varies: {} }],
    ["a varied key that is in no part", { ...sweep, vary: { "parameter.p": [3] } }],
    ["no values", { ...sweep, vary: { "parameters.p": [] } }],
    ["a range without its end", { ...sweep, vary: { "parameters.p": { from: 3, points: 2 } } }],
    ["another scale", { ...sweep, vary: { "parameters.p": { from: 3, to: 4, points: 2, scale: "ln" } } }],
    ["half a seed", { ...sweep, seeds: 0.5 }],
    ["a plot without its y", { ...sweep, plot: [{ x: "parameters.p" }] }],
  ])("refuses %s, as the sweep itself does", (_, source) => {
    expect(matches(schema, source)).toBe(false);
    expect(() => parsePlan(source)).toThrow();
  });

  it.each([
    ["a number out of range", { temperature: -1 }],
    ["a parameter of another system", { width: 1 }],
  ])("refuses %s in the base, as the points of a sweep do", (_, parameters) => {
    expect(matches(schema, { ...sweep, base: { ...base, parameters } })).toBe(false);
  });
});
