import type { SolverWork } from "../core/results";
import type { ComparisonRow } from "../run/comparison-rows";
import type { Outcome } from "../run/execute";
import type { Config, Verb } from "../systems/config/config";
import type { Row } from "../systems/rows/row";
import { alignTable, formatValue, formatWithError, wrap } from "./table";

/** What a verb came to, for people: the problem, how it was computed, and the numbers. */
export function outcomeTable(verb: Verb, config: Config, outcome: Outcome): string {
  const { rows } = outcome;
  const tables = {
    solve: () => runTables(rows as Row[]),
    simulate: () => runTables(rows as Row[]),
    predict: () => [predictionTable(config, rows as Row[])],
    compare: () => comparisonTables(rows),
    optimise: () => (config.search ? optimisationTables : runTables)(rows as Row[]),
  };
  const numbers = rows.length > 0 ? tables[verb]() : ["no numbers"];
  return `${[header(verb, config, outcome), ...numbers].join("\n\n")}\n`;
}

function header(verb: Verb, config: Config, { description, notes, work, seconds }: Outcome): string {
  const { method, simulation, system } = config;
  const search = config.search ?? config.goal;
  const lines = [system.title, description];
  if (verb === "solve" || verb === "compare" || config.search) lines.push(`method: ${settings(method)}`);
  if (verb === "simulate" || verb === "compare") lines.push(`simulation: ${settings(simulation)}`);
  if (search) lines.push(`search: ${settings(search)}`);
  for (const note of notes) lines.push(`note: ${note}`);
  if (work) lines.push(`work: ${workText(work)}`);
  lines.push(`${seconds.toFixed(2)} s`);
  return lines.flatMap((line) => line.split("\n").map((part) => wrap(part, 2))).join("\n");
}

/** E.g. "812 rows, 3300 iterations; 60 % equations, 40 % linear". */
function workText({ counts, seconds }: SolverWork): string {
  const all = Object.values(seconds).reduce((sum, part) => sum + part, 0);
  const shares = Object.entries(seconds).map(([name, part]) => `${Math.round((100 * part) / all)} % ${name}`);
  const done = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return `${done.join(", ")}; ${shares.join(", ")}`;
}

const settings = (values: object) =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ");

/** A line for each time (pair, sample), a column for each quantity; times and pairs in tables of their own. */
function runTables(rows: readonly Row[]): string[] {
  const shapes = groupBy(rows, (row) =>
    KEYS.filter(({ key }) => row[key] !== undefined)
      .map(({ name }) => name)
      .join(),
  );
  return [...shapes.values()].map((shape) => {
    const keys = KEYS.filter(({ key }) => shape[0][key] !== undefined);
    const quantities = [...new Set(shape.map(label))];
    const lines = groupBy(shape, (row) => keys.map(({ key }) => row[key]).join());
    return alignTable(
      [...keys.map(({ name }) => name), ...quantities],
      [...lines.values()].map((line) => {
        const cells = new Map(
          line.map((row) => [label(row), formatWithError(row.value, row.standardError ?? row.error)]),
        );
        return [
          ...keys.map(({ key }) => formatValue(line[0][key])),
          ...quantities.map((quantity) => cells.get(quantity) ?? ""),
        ];
      }),
      { keys: keys.length },
    );
  });
}

const KEYS = [
  { key: "time", name: "t" },
  { key: "timePrime", name: "t'" },
  { key: "sample", name: "sample" },
] as const;

function predictionTable({ system }: Config, rows: readonly Row[]): string {
  const meanings = new Map(system.predictions.map(({ name, meaning }) => [name, meaning]));
  const cells = rows.map((row) => [label(row), formatWithError(row.value, row.error)]);
  const [wide, narrow] = [0, 1].map((c) => Math.max(...cells.map((line) => line[c].length)));
  return cells
    .map(([name, value], k) => {
      const left = `${name.padEnd(wide)}  ${value.padStart(narrow)}  `;
      return `${left}${wrap(meanings.get(rows[k].quantity) ?? "", left.length)}`;
    })
    .join("\n");
}

/** The best first, then the landscape, a line for each evaluation. */
function optimisationTables(rows: readonly Row[]): string[] {
  const best = rows.filter(({ statistic }) => statistic === "best");
  const names = best.map(({ quantity, time }) =>
    time === undefined ? quantity : `${quantity} at t = ${time}`,
  );
  const lines = groupBy(
    rows.filter(({ index }) => index),
    ({ index }) => String(index),
  );
  return [
    alignTable(
      ["", "best"],
      best.map(({ value }, k) => [names[k], formatValue(value)]),
      { texts: 1 },
    ),
    alignTable(
      ["evaluation", ...names],
      [...lines].map(([k, line]) => [k, ...line.map(({ value }) => formatValue(value))]),
    ),
  ];
}

function comparisonTables(rows: readonly ComparisonRow[]): string[] {
  const points = rows.filter(({ pValue }) => pValue === undefined);
  const curves = rows.filter(({ pValue }) => pValue !== undefined);
  const tables = [
    alignTable(
      ["quantity", "t", "t'", "theory", "simulation", "deviation"],
      points.map((row) => [
        label(row),
        formatValue(row.time),
        formatValue(row.timePrime),
        formatWithError(row.theory, row.error),
        formatWithError(row.simulation, row.standardError),
        typeof row.deviation === "number" ? row.deviation.toFixed(2) : (row.deviation ?? ""),
      ]),
      { texts: 1 },
    ),
  ];
  if (curves.length === 0) return tables;
  return [
    ...tables,
    alignTable(
      ["quantity", "statistic", "p-value"],
      curves.map((row) => [label(row), formatValue(row.value), formatValue(row.pValue)]),
      { texts: 1 },
    ),
  ];
}

/** "overlap[0,1]", and with a statistic other than the mean "exitTime median". */
function label({ quantity, index, statistic }: Pick<Row, "quantity" | "index" | "statistic">): string {
  const name = index ? `${quantity}[${index.join(",")}]` : quantity;
  return statistic === undefined || statistic === "mean" || statistic === "curve"
    ? name
    : `${name} ${statistic}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
