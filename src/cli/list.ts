import type { Citation } from "../core/citations";
import { findSystem, systems } from "../systems/registry";
import { describeFields, type FieldInfo } from "../systems/schema/describe";
import type { Absent, PredictionInfo, QuantityInfo } from "../systems/system";
import { alignTable, wrap } from "./table";

/** All there is to know of a system before loading its solvers. */
interface SystemInfo {
  readonly name: string;
  readonly title: string;
  readonly parameters: readonly FieldInfo[];
  readonly methods: Readonly<Record<string, readonly FieldInfo[]>>;
  readonly simulation: readonly FieldInfo[] | Absent;
  /** Fields of a search of the system's own. */
  readonly optimise?: readonly FieldInfo[];
  readonly quantities: readonly QuantityInfo[];
  readonly predictions: readonly PredictionInfo[];
  readonly citations: readonly Citation[];
  /** A config to start from. */
  readonly example: Readonly<Record<string, unknown>>;
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
  const { title, parameters, methods, simulation, optimise, ...rest } = findSystem(name);
  const { quantities, predictions, citations, example } = rest;
  const withoutKind = (fields: FieldInfo[]) => fields.filter((field) => field.name !== "kind");
  return {
    name,
    title,
    parameters: describeFields(parameters),
    methods: Object.fromEntries(
      Object.entries(methods).map(([kind, schema]) => [kind, withoutKind(describeFields(schema))]),
    ),
    simulation: "absent" in simulation ? simulation : describeFields(simulation),
    ...(optimise && { optimise: describeFields(optimise) }),
    quantities,
    predictions,
    citations,
    example: { system: name, ...example },
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
    "absent" in info.simulation
      ? `simulation\n  none: ${wrap(info.simulation.absent, 4)}`
      : section("simulation", fieldEntries(info.simulation)),
    ...(info.optimise ? [section("optimise", fieldEntries(info.optimise))] : []),
    section(
      "quantities",
      ofPairs.map(({ name, symbol, meaning }) => [name, `${symbol}, ${meaning}`]),
    ),
    section(
      "predictions",
      predictions.map(({ name, symbol, meaning }) => [name, symbol ? `${symbol}, ${meaning}` : meaning]),
    ),
    section(
      "sources",
      info.citations.map(({ text }) => ["", text]),
    ),
    `a config to start from\n${JSON.stringify(info.example, undefined, 2).replace(/^/gm, "  ")}`,
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
    const unit = field.unit === undefined ? "" : ` [${field.unit}]`;
    const said = [field.symbol, field.meaning].filter(Boolean).join(", ");
    return [field.name, said === "" ? facts : `${said}${unit}: ${facts}`];
  });
}

function section(title: string, entries: readonly Entry[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  const indent = width === 0 ? 2 : width + 4;
  const lines = entries.map(([name, text]) => `  ${name.padEnd(indent - 2)}${wrap(text, indent)}`);
  return [title, ...lines].join("\n");
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
