import * as z from "zod";
import { searchSchema } from "../optimise/spec";
import { systems } from "../registry";
import type { System } from "../system";
import { simulationSchema } from "./config";
import { reportSchema } from "./report";

/** A schema that editors read; its fields are those of JSON Schema. */
export interface JsonSchema {
  readonly [field: string]: unknown;
}

/** The draft that editors know best. */
export const DRAFT = "http://json-schema.org/draft-07/schema#";

/**
 * The JSON Schema of config files, for editors: completes keys, shows meanings and defaults, marks what is not allowed.
 * It is what `twotime schema` prints. A config that it takes may still be refused, for what one field demands of another.
 */
export function configSchema(): JsonSchema {
  const all: readonly System[] = systems;
  return {
    $schema: DRAFT,
    title: "config of twotime",
    type: "object",
    required: ["system"],
    properties: {
      $schema: { type: "string", description: "where this schema is, for the editor alone" },
      system: { oneOf: all.map(({ name, title }) => ({ const: name, description: title })) },
      ...Object.fromEntries(PARTS.map((part) => [part, true])),
    },
    additionalProperties: false,
    allOf: all.map((system) => ({
      if: { properties: { system: { const: system.name } }, required: ["system"] },
      // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema
      then: { properties: partsOf(system) },
    })),
  };
}

const PARTS = ["parameters", "method", "simulation", "optimise", "report"] as const;

function partsOf(system: System): Record<(typeof PARTS)[number], unknown> {
  const { parameters, methods, optimise } = system;
  const simulation = simulationSchema(system);
  const kinds = Object.values(methods).map((schema, k) => {
    const { required, ...method } = withoutDemand(toJson(schema), ["kind", "until"]);
    // The first is the one that is meant where none is named.
    const demanded = [...((required as string[] | undefined) ?? []), ...(k === 0 ? [] : ["kind"])];
    return demanded.length > 0 ? { ...method, required: demanded } : method;
  });
  return {
    parameters: toJson(parameters),
    method: kinds.length === 1 ? kinds[0] : { anyOf: kinds },
    simulation: simulation ? toJson(simulation) : false,
    optimise: toJson(optimise ?? searchSchema),
    report: withQuantities(toJson(reportSchema), system),
  };
}

/** A schema as one of JSON, without the line that says which draft it is. */
export const toJson = (schema: z.ZodType): JsonSchema => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    unrepresentable: "any",
  });
  return json as JsonSchema;
};

/** What a config may leave to its other parts. */
function withoutDemand(schema: JsonSchema, names: readonly string[]): JsonSchema {
  const required = ((schema.required ?? []) as string[]).filter((name) => !names.includes(name));
  const { required: _, ...rest } = schema;
  return required.length > 0 ? { ...rest, required } : rest;
}

function withQuantities(report: JsonSchema, { quantities, predictions }: System): JsonSchema {
  const names = [...new Set([...quantities, ...predictions].map(({ name }) => name))];
  const properties = report.properties as Record<string, JsonSchema>;
  return {
    ...report,
    properties: { ...properties, quantities: { ...properties.quantities, items: { enum: names } } },
  };
}
