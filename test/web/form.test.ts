import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../web/compute/messages";
import { PLACES, rangeOf } from "../../web/form/range";
import { chosen, shapeOf } from "../../web/form/shape";
import { startingValue } from "../../web/form/starting-values";

const schedule: JsonSchema = {
  anyOf: [
    { type: "number", exclusiveMinimum: 0 },
    {
      oneOf: [
        {
          type: "object",
          properties: { kind: { type: "string", const: "constant" }, rate: { type: "number" } },
          required: ["kind", "rate"],
        },
        {
          type: "object",
          properties: {
            kind: { type: "string", const: "cosine" },
            rate: { type: "number" },
            horizon: { type: "number" },
          },
          required: ["kind", "rate", "horizon"],
        },
      ],
    },
  ],
};

describe("shapes of fields", () => {
  it("are read from the schema", () => {
    expect(shapeOf({ type: "integer", minimum: 1 }).kind).toBe("number");
    expect(shapeOf({ type: "boolean" }).kind).toBe("switch");
    expect(shapeOf({ type: "array" }).kind).toBe("data");
    expect(shapeOf({ anyOf: [{ type: "number" }, { type: "string" }] }).kind).toBe("text");
    expect(
      shapeOf({
        anyOf: [
          { const: 0, type: "number" },
          { const: 1, type: "number" },
        ],
      }),
    ).toEqual({
      kind: "words",
      words: [0, 1],
    });
  });

  it("of nested choices are flat, and a value tells which one it is", () => {
    const shape = shapeOf(schedule);
    if (shape.kind !== "choice") throw new Error(shape.kind);
    expect(shape.choices.map(({ label }) => label)).toEqual(["number", "constant", "cosine"]);
    expect(chosen(shape.choices, 0.3)).toBe(0);
    expect(chosen(shape.choices, { kind: "cosine", rate: 1, horizon: 3 })).toBe(2);
  });

  it("start with what the value before had: a rate stays", () => {
    const shape = shapeOf(schedule);
    if (shape.kind !== "choice") throw new Error(shape.kind);
    const [, , cosine] = shape.choices;
    expect(startingValue(cosine.schema, "schedule", { kind: "constant", rate: 0.3 }, 50)).toEqual({
      kind: "cosine",
      rate: 0.3,
      horizon: 50,
    });
    expect(startingValue(cosine.schema, "schedule", 0.7, 50)).toEqual({
      kind: "cosine",
      rate: 0.7,
      horizon: 50,
    });
    expect(startingValue(shape.choices[0].schema, "schedule", { kind: "constant", rate: 0.3 }, 50)).toBe(0.3);
  });
});

describe("sliders", () => {
  const cases: readonly (readonly [string, JsonSchema, number])[] = [
    ["a positive number", { type: "number", exclusiveMinimum: 0 }, 0.5],
    ["a temperature", { type: "number", minimum: 0 }, 1],
    ["a share", { type: "number", minimum: -1, maximum: 1 }, 0.2],
    ["a small integer", { type: "integer", minimum: 2, maximum: 1000 }, 3],
    ["a size", { type: "integer", minimum: 5, maximum: 9007199254740991 }, 100],
    ["any number", { type: "number" }, -3],
    ["a momentum", { type: "number", minimum: 0, exclusiveMaximum: 1 }, 0.9],
  ];

  it.each(cases)("go over allowed values of %s, and hold the one they open with", (_, schema, opened) => {
    const range = rangeOf(schema, opened);
    const values = Array.from({ length: PLACES + 1 }, (_, place) => range.valueAt(place));
    const {
      minimum = -Infinity,
      exclusiveMinimum = -Infinity,
      maximum = Infinity,
      exclusiveMaximum = Infinity,
    } = schema;
    expect([Math.min(...values) >= minimum, Math.max(...values) <= maximum]).toEqual([true, true]);
    expect([values[0] > exclusiveMinimum, values[PLACES] < exclusiveMaximum]).toEqual([true, true]);
    if (schema.type === "integer") expect(values.every(Number.isInteger)).toBe(true);
    expect(values.every((value, k) => k === 0 || value >= values[k - 1])).toBe(true);
    const [place, width] = [range.placeOf(opened), values[PLACES] - values[0]];
    expect(place).toBeGreaterThan(0);
    expect(place).toBeLessThan(PLACES);
    expect(Math.abs(range.valueAt(place) - opened)).toBeLessThanOrEqual(0.01 * width);
  });
});
