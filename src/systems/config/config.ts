import type { z } from "zod";
import { InvalidParameterError } from "../../core/errors";
import { type OptimiseSpec, parseOptimise } from "../optimise/spec";
import { findSystem } from "../registry";
import { describeFields, keysAt } from "../schema/describe";
import { unknownKey } from "../schema/unknown-key";
import { validate } from "../schema/validate";
import type { System } from "../system";
import { checkFields } from "./fields";
import { inOrder, type ReportSpec, reportSchema } from "./report";

/** What can be done with a config. */
export type Verb = "solve" | "simulate" | "predict" | "compare" | "optimise";

/** A checked config: every default filled in. */
export interface Config {
  readonly system: System;
  readonly parameters: unknown;
  /** Without an end where the verb does not solve and nothing says one, or where the method has none. */
  readonly method: { readonly kind: string; readonly until?: number };
  readonly simulation: {
    readonly until?: number;
    readonly step?: number;
    readonly samples?: number;
    readonly seed?: number | string;
  };
  /** What a search over parameters is after; only there for the verb optimise. */
  readonly search?: OptimiseSpec;
  /** What the system's own search is after; only there for the verb optimise. */
  readonly goal?: object;
  readonly report: ReportSpec;
  /** What was read, for the run folder. */
  readonly source: Readonly<Record<string, unknown>>;
}

const KEYS = ["system", "parameters", "method", "simulation", "optimise", "report"];

/**
 * Checks a config, as read from JSON or YAML.
 * @param verb which part must be complete: only what the verb uses is demanded.
 * @throws InvalidParameterError for the first thing wrong, named by its path in the config.
 */
export function parseConfig(source: unknown, verb: Verb): Config {
  // Where its schema is matters to the editor alone.
  const { $schema: _, ...config } = record(source, "config", "a record with system, parameters, method, …");
  const stray = Object.keys(config).find((key) => !KEYS.includes(key));
  if (stray !== undefined) throw unknownKey(stray, stray, KEYS);
  const system = findSystem(config.system);
  const parameters = validate(system.parameters, config.parameters ?? {}, "parameters");
  const report = inOrder(validate(reportSchema, config.report ?? {}, "report"));
  checkQuantities(system, report.quantities, verb);
  if (verb !== "predict" && !system.optimise) checkPairs(system, report);
  if (report.fields) checkFields(system, report.fields);

  // A run that is solved and simulated has one end: what one side leaves out it takes from the other.
  const method = optionalRecord(config.method, "method");
  const simulation = optionalRecord(config.simulation, "simulation");
  const until = method.until ?? simulation.until;
  const asked = Math.max(0, ...(report.times ?? []), ...report.pairs.flat());
  const optimise = verb === "optimise" ? parseSearch(system, config.optimise, parameters) : {};
  const methodUntil = method.until ?? optimise.search?.minimise?.time ?? until;
  const solves = verb === "solve" || verb === "compare" || optimise.search !== undefined;
  const simulates = verb === "simulate" || verb === "compare";
  const finite =
    simulates || config.simulation !== undefined
      ? parseSimulation(system, simulation, { until, asked }, simulates)
      : {};
  const checked: Config = {
    system,
    parameters,
    method: parseMethod(
      system,
      method,
      { until: solves ? methodUntil : (until ?? finite.until), asked },
      solves,
    ),
    simulation: finite,
    ...optimise,
    report,
    source: config,
  };
  checkStep(checked.simulation);
  if (verb === "compare") checkSamples(checked.simulation);
  checkGoal(checked);
  return checked;
}

/** The config with another seed, for the simulation and the method as far as they draw random numbers. */
export function withSeed(source: unknown, seed: number | string): unknown {
  if (typeof source !== "object" || source === null || Array.isArray(source)) return source;
  const config = source as Record<string, unknown>;
  const system = findSystem(config.system);
  const reseed = (name: string, schema: z.ZodType | undefined) =>
    schema && keysAt(schema, []).includes("seed")
      ? { [name]: { ...optionalRecord(config[name], name), seed } }
      : undefined;
  const { kind } = optionalRecord(config.method, "method");
  return {
    ...config,
    ...reseed("method", system.methods[String(kind ?? Object.keys(system.methods)[0])]),
    ...reseed("simulation", simulationSchema(system)),
  };
}

/** The config with its two-time functions asked for as wholes, on the solver's own nodes where it does not say otherwise. */
export function withFields(source: unknown): unknown {
  if (typeof source !== "object" || source === null || Array.isArray(source)) return source;
  const report = optionalRecord((source as Record<string, unknown>).report, "report");
  return { ...source, report: { ...report, fields: report.fields ?? {} } };
}

/** The schema of a system's simulation; undefined where it has none. */
export const simulationSchema = ({ simulation }: System): z.ZodType | undefined =>
  "absent" in simulation ? undefined : simulation;

function parseSearch(system: System, source: unknown, parameters: unknown): Pick<Config, "search" | "goal"> {
  return system.optimise
    ? { goal: validate(system.optimise, source ?? {}, "optimise") as object }
    : { search: parseOptimise(source, system, parameters) };
}

/** @param demanded whether the verb simulates: what it does not use may be missing. */
function parseSimulation(
  system: System,
  simulation: Record<string, unknown>,
  end: RunEnd,
  demanded: boolean,
): Config["simulation"] {
  const schema = simulationSchema(system);
  if (schema) return validate(schema, withEnd(schema, simulation, end), "simulation") as Config["simulation"];
  if (!demanded) return {};
  const { absent } = system.simulation as { absent: string };
  const allowed = `nothing: "${system.name}" has no simulation, ${absent}`;
  throw new InvalidParameterError("simulation", simulation, allowed);
}

/** @param solves whether the method is used: one that is not may be without an end. */
function parseMethod(
  system: System,
  method: Record<string, unknown>,
  end: RunEnd,
  solves: boolean,
): Config["method"] {
  const kinds = Object.keys(system.methods);
  const kind = method.kind ?? kinds[0];
  if (typeof kind !== "string" || !kinds.includes(kind)) {
    throw new InvalidParameterError("method.kind", kind, kinds.map((name) => `"${name}"`).join(" or "));
  }
  const schema = system.methods[kind] as z.ZodType<Config["method"]>;
  const given = withEnd(schema, { ...method, kind }, end);
  if (solves || given.until !== undefined || !needsEnd(schema)) return validate(schema, given, "method");
  const { until: _, ...rest } = validate(schema, { ...given, until: 1 }, "method");
  return rest;
}

/** What a config says of the end of the run. */
interface RunEnd {
  readonly until: unknown;
  /** The latest time of the report; 0 without any. */
  readonly asked: number;
}

/** With the end of the run, where it takes one and says none itself; one that may be left out is then the latest time asked for. */
function withEnd(schema: z.ZodType, part: Record<string, unknown>, { until, asked }: RunEnd) {
  if (part.until !== undefined || !keysAt(schema, []).includes("until")) return part;
  const field = describeFields(schema).find(({ name }) => name === "until");
  const open = field !== undefined && !field.required && !("default" in field) && asked > 0;
  const end = until ?? (open ? asked : undefined);
  return end === undefined ? part : { ...part, until: end };
}

const needsEnd = (schema: z.ZodType): boolean =>
  describeFields(schema).some(({ name, required }) => name === "until" && required);

function checkQuantities(system: System, quantities: readonly string[] | undefined, verb: Verb): void {
  const predictions = verb === "predict" ? system.predictions : [];
  const known = [...new Set([...system.quantities, ...predictions].map(({ name }) => name))];
  quantities?.forEach((name, k) => {
    if (!known.includes(name)) throw unknownKey(`report.quantities[${k}] "${name}"`, name, known);
  });
}

/** What is asked for at pairs of times, and pairs, need each other. */
function checkPairs({ name, quantities }: System, report: ReportSpec): void {
  const ofPairs = quantities.filter((info) => info.of === "pair").map((info) => info.name);
  const asked = report.pairs.length > 0 ? "pairs" : report.ratios.length > 0 ? "ratios" : undefined;
  if (asked && ofPairs.length === 0) {
    const allowed = `none: "${name}" has no quantities of two times`;
    throw new InvalidParameterError(`report.${asked}`, report[asked], allowed);
  }
  if (asked) return;
  const single = report.quantities?.findIndex((quantity) => ofPairs.includes(quantity)) ?? -1;
  if (single < 0) return;
  const allowed = "a quantity of one time, or report.pairs (or ratios) beside it";
  throw new InvalidParameterError(`report.quantities[${single}]`, report.quantities![single], allowed);
}

/** Of one sample nobody knows how far from the theory it may be. */
function checkSamples({ samples = Infinity }: Config["simulation"]): void {
  if (samples >= 2) return;
  const allowed = "at least 2 for compare: one sample alone has no standard error";
  throw new InvalidParameterError("simulation.samples", samples, allowed);
}

function checkStep({ step, until = Infinity }: Config["simulation"]): void {
  if (step === undefined || step <= until) return;
  throw new InvalidParameterError("simulation.step", step, `at most ${until}, the length of the run`);
}

function checkGoal({ method: { until = Infinity }, search }: Config): void {
  const time = search?.minimise?.time ?? 0;
  if (time <= until) return;
  throw new InvalidParameterError("optimise.minimise.time", time, `at most ${until}, where the run ends`);
}

const optionalRecord = (value: unknown, name: string): Record<string, unknown> =>
  value === undefined ? {} : record(value, name, "a record { … }");

function record(value: unknown, name: string, allowed: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidParameterError(name, value, allowed);
  }
  return value as Record<string, unknown>;
}
