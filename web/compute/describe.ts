import { type System, systems } from "twotime";
import * as z from "zod";
import type { Fields, JsonSchema, Setting, SystemDescription } from "./messages";

/** The records of all systems as plain data. */
export function describeSystems(): SystemDescription[] {
  const all: readonly System[] = systems;
  return all.map((system) => ({
    name: system.name,
    title: system.title,
    parameters: schemaOf(system.parameters),
    methods: Object.fromEntries(
      Object.entries(system.methods).map(([kind, schema]) => [kind, schemaOf(schema)]),
    ),
    ...(!("absent" in system.simulation) && { simulation: schemaOf(system.simulation) }),
    quantities: system.quantities,
    predictions: system.predictions,
    stepped: system.timeUnit === "step",
    citations: system.citations.map(({ text }) => text),
    opening: openingOf(system),
  }));
}

const schemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;

/** Where the example of a record is made for other ends: finer steps than a table needs, less to average over. */
const CHANGES: Readonly<Record<string, { readonly method?: Fields; readonly simulation?: Fields }>> = {
  convex: { simulation: { step: 0.01 } },
  "quadratic-network": { method: { samples: 8 } },
};

/** The record's example; where theory or simulation says no end, that of the other, or the system's own. */
function openingOf(system: System): Setting {
  const { parameters, method, simulation } = system.example as Readonly<Record<string, Fields | undefined>>;
  const kind = String(method?.kind ?? Object.keys(system.methods)[0]);
  const until = method?.until ?? simulation?.until ?? system.end?.(system.parameters.parse(parameters));
  const withEnd = (schema: JsonSchema, given: Fields = {}): Fields =>
    schema.properties?.until && given.until === undefined ? { ...given, until } : given;
  const change = CHANGES[system.name];
  return {
    system: system.name,
    parameters: parameters ?? {},
    method: { kind, ...withEnd(schemaOf(system.methods[kind]), method), ...change?.method },
    simulation:
      "absent" in system.simulation
        ? {}
        : { ...withEnd(schemaOf(system.simulation), simulation), ...change?.simulation },
  };
}
