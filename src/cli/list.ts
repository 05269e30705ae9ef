import type { Citation } from "../core/citations";
import { findSystem } from "../systems/config/config";
import { describeFields, type FieldInfo } from "../systems/config/describe-schema";
import { systems } from "../systems/registry";
import type { PredictionInfo, QuantityInfo } from "../systems/system";
import { alignTable, wrap } from "./table";

/** All there is to know of a system before loading its solvers. */
interface SystemInfo {
  readonly name: string;
  readonly title: string;
  readonly parameters: readonly FieldInfo[];
  readonly methods: Readonly<Record<string, readonly FieldInfo[]>>;
  readonly simulation: readonly FieldInfo[];
  readonly quantities: readonly QuantityInfo[];
  readonly predictions: readonly PredictionInfo[];
  readonly citations: readonly Citation[];
}

/** What `twotime list [SYSTEM]` prints. @throws InvalidParameterError for an unknown system. */
export function list(name: string | undefined, format: "table" | "json"): string {
  if (name === undefined) {
    const all = systems.map(({ name, title }) => ({ name, title }));
    if (format === "json") return json({ systems: all });
    return `${alignTable(
      ["system", ""],
      all.map((system) => [system.name, system.title]),
      { texts: 2 },
    )}\n`;
  }
  const info = infoOf(name);
  return format === "json" ? json(info) : inWords(info);
}

function infoOf(name: string): SystemInfo {
  const { title, parameters, methods, simulation, quantities, predictions, citations } = findSystem(name);
  const withoutKind = (fields: FieldInfo[]) => fields.filter((field) => field.name !== "kind");
  return {
    name,
    title,
    parameters: describeFields(parameters),
    methods: Object.fromEntries(
      Object.entries(methods).map(([kind, schema]) => [kind, withoutKind(describeFields(schema))]),
    ),
    simulation: describeFields(simulation),
    quantities,
    predictions,
    citations,
  };
}

function inWords(info: SystemInfo): string {
  const { methods, quantities, predictions } = info;
  const kinds = Object.keys(methods);
  const ofPairs = quantities.map((quantity) => ({
    ...quantity,
    meaning: quantity.of === "pair" ? `${quantity.meaning} (at report.pairs)` : quantity.meaning,
  }));
  return [
    `${info.name}: ${info.title}`,
    section("parameters", fieldEntries(info.parameters)),
    ...kinds.map((kind, k) =>
      section(`method "${kind}"${k === 0 ? " (the default)" : ""}`, fieldEntries(methods[kind])),
    ),
    section("simulation", fieldEntries(info.simulation)),
    section(
      "quantities",
      ofPairs.map(({ name, meaning }) => [name, meaning]),
    ),
    section(
      "predictions",
      predictions.map(({ name, meaning }) => [name, meaning]),
    ),
    section(
      "sources",
      info.citations.map(({ text }) => ["", text]),
    ),
  ]
    .join("\n\n")
    .concat("\n");
}

type Entry = readonly [name: string, text: string];

function fieldEntries(fields: readonly FieldInfo[]): Entry[] {
  return fields.map((field) => {
    const preset =
      "default" in field
        ? `default ${JSON.stringify(field.default)}`
        : field.required
          ? "required"
          : "optional";
    const facts = `${field.allowed}; ${preset}`;
    return [field.name, field.meaning === "" ? facts : `${field.meaning}: ${facts}`];
  });
}

function section(title: string, entries: readonly Entry[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  const indent = width === 0 ? 2 : width + 4;
  const lines = entries.map(([name, text]) => `  ${name.padEnd(indent - 2)}${wrap(text, indent)}`);
  return [title, ...lines].join("\n");
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
