import { z } from "zod";
import { InvalidParameterError } from "../../core/errors";
import { type OptimiseSpec, parseOptimise } from "../optimise/spec";
import { systems } from "../registry";
import type { Report, System } from "../system";
import { describeFields, keysAt } from "./describe-schema";
import { unknownKey, validate } from "./validate";

/** A checked config: every default filled in. */
export interface Config {
  readonly system: System;
  readonly parameters: unknown;
  /** Without an end where the verb does not solve and nothing says one. */
  readonly method: { readonly kind: string; readonly until?: number };
  readonly simulation: {
    readonly until?: number;
    readonly step?: number;
    readonly samples?: number;
    readonly seed?: number | string;
  };
  /** What a search is after; only there for the verb optimise. */
  readonly optimise?: OptimiseSpec;
  /** Times ascending, each once. */
  readonly report: z.infer<typeof reportSchema>;
  /** What was read, for the run folder. */
  readonly source: Readonly<Record<string, unknown>>;
}

const reportSchema = z.strictObject({
  times: z.array(z.number().nonnegative()).min(1).optional().describe("in any order"),
  pairs: z
    .array(z.tuple([z.number().nonnegative(), z.number().nonnegative()]))
    .default([])
    .describe("pairs [t, t'] for two-time quantities"),
  quantities: z.array(z.string()).optional(),
  samples: z.boolean().default(false),
});

const KEYS = ["system", "parameters", "method", "simulation", "optimise", "report"];
const DEFAULT_TIMES = 60;
const DEFAULT_DECADES = 3;

/**
 * Checks a config, as read from JSON or YAML.
 * @param verb which part must be complete: only what the verb uses is demanded.
 * @throws InvalidParameterError for the first thing wrong, named by its path in the config.
 */
export function parseConfig(
  source: unknown,
  verb: "solve" | "simulate" | "predict" | "compare" | "optimise",
): Config {
  if (typeof source !== "object" || source === null || Array.isArray(source)) {
    throw new InvalidParameterError("config", source, "a record with system, parameters, method, …");
  }
  const config = source as Record<string, unknown>;
  const stray = Object.keys(config).find((key) => !KEYS.includes(key));
  if (stray !== undefined) throw unknownKey(stray, stray, KEYS);
  const system = findSystem(config.system);
  const parameters = validate(system.parameters, config.parameters ?? {}, "parameters");
  const report = inOrder(validate(reportSchema, config.report ?? {}, "report"));
  checkQuantities(system, report.quantities, verb);

  // A run that is solved and simulated has one end: what one side leaves out it takes from the other.
  const method = record(config.method, "method");
  const simulation = record(config.simulation, "simulation");
  const until = method.until ?? simulation.until;
  const optimise = verb === "optimise" ? parseOptimise(config.optimise, system, parameters) : undefined;
  const methodUntil = method.until ?? optimise?.minimise?.time ?? until;
  const solves = verb === "solve" || verb === "compare" || verb === "optimise";
  const simulates = verb === "simulate" || verb === "compare";
  const finite =
    simulates || config.simulation !== undefined
      ? (validate(system.simulation, withEnd(simulation, until), "simulation") as Config["simulation"])
      : {};
  const checked: Config = {
    system,
    parameters,
    method: parseMethod(system, withEnd(method, solves ? methodUntil : (until ?? finite.until)), solves),
    simulation: finite,
    ...(optimise && { optimise }),
    report,
    source: config,
  };
  checkStep(checked.simulation);
  if (verb === "compare") checkSamples(checked.simulation);
  checkGoal(checked);
  return checked;
}

/** Of one sample nobody knows how far from the theory it may be. */
function checkSamples({ samples = Infinity }: Config["simulation"]): void {
  if (samples >= 2) return;
  const allowed = "at least 2 for compare: one sample alone has no standard error";
  throw new InvalidParameterError("simulation.samples", samples, allowed);
}

const inOrder = <R extends { readonly times?: readonly number[] }>(report: R): R =>
  report.times ? { ...report, times: [...new Set(report.times)].sort((a, b) => a - b) } : report;

function checkStep({ step, until = Infinity }: Config["simulation"]): void {
  if (step === undefined || step <= until) return;
  throw new InvalidParameterError("simulation.step", step, `at most ${until}, the length of the run`);
}

function checkGoal({ method: { until = Infinity }, optimise }: Config): void {
  const time = optimise?.minimise?.time ?? 0;
  if (time <= until) return;
  throw new InvalidParameterError("optimise.minimise.time", time, `at most ${until}, where the run ends`);
}

const withEnd = (part: Record<string, unknown>, until: unknown) =>
  until === undefined ? part : { ...part, until: part.until ?? until };

function record(value: unknown, name: string): Record<string, unknown> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidParameterError(name, value, "a record { … }");
  }
  return value as Record<string, unknown>;
}

/** The system of that name. @throws InvalidParameterError with the nearest known name. */
export function findSystem(name: unknown): System {
  const names = systems.map((system) => system.name);
  const found = systems.find((system) => system.name === name);
  if (found) return found;
  if (typeof name !== "string") throw new InvalidParameterError("system", name, names.join(", "));
  throw unknownKey(`system "${name}"`, name, names);
}

/** @param solves whether the method is used: one that is not may be without an end. */
function parseMethod(system: System, method: Record<string, unknown>, solves: boolean): Config["method"] {
  const kinds = Object.keys(system.methods);
  const kind = method.kind ?? kinds[0];
  if (typeof kind !== "string" || !kinds.includes(kind)) {
    throw new InvalidParameterError("method.kind", kind, kinds.map((name) => `"${name}"`).join(" or "));
  }
  const schema = system.methods[kind] as z.ZodType<Config["method"]>;
  const given = { ...method, kind };
  if (solves || method.until !== undefined || !needsEnd(schema)) return validate(schema, given, "method");
  const { until: _, ...rest } = validate(schema, { ...given, until: 1 }, "method");
  return rest;
}

const needsEnd = (schema: z.ZodType): boolean =>
  describeFields(schema).some(({ name, required }) => name === "until" && required);

function checkQuantities(system: System, quantities: readonly string[] | undefined, verb: string): void {
  const predictions = verb === "predict" ? system.predictions : [];
  const known = [...new Set([...system.quantities, ...predictions].map(({ name }) => name))];
  quantities?.forEach((name, k) => {
    if (!known.includes(name)) throw unknownKey(`report.quantities[${k}] "${name}"`, name, known);
  });
}

/** The config with another seed, for the simulation and the method as far as they draw random numbers. */
export function withSeed(source: unknown, seed: number | string): unknown {
  if (typeof source !== "object" || source === null || Array.isArray(source)) return source;
  const config = source as Record<string, unknown>;
  const system = findSystem(config.system);
  const reseed = (name: string, schema: z.ZodType | undefined) =>
    schema && keysAt(schema, []).includes("seed")
      ? { [name]: { ...record(config[name], name), seed } }
      : undefined;
  const { kind } = record(config.method, "method");
  return {
    ...config,
    ...reseed("method", system.methods[String(kind ?? Object.keys(system.methods)[0])]),
    ...reseed("simulation", system.simulation),
  };
}

/** The report of a run that lasts until `until`: default times are 60, equally spaced in ln t over 3 decades. */
export function reportUntil(report: Config["report"], until: number): Report {
  const inside = (path: string, t: number) => {
    if (t <= until * (1 + 1e-12)) return Math.min(t, until);
    throw new InvalidParameterError(path, t, `at most ${until}, where the run ends`);
  };
  return {
    ...report,
    times: report.times?.map((t) => inside("report.times", t)) ?? logSpaced(until, DEFAULT_TIMES),
    pairs: report.pairs.map(([t, tPrime], k) => [
      inside(`report.pairs[${k}][0]`, t),
      inside(`report.pairs[${k}][1]`, tPrime),
    ]),
  };
}

/** `count` times, equally spaced in ln t over three decades, the last one `until`. */
export function logSpaced(until: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) =>
    k === count - 1 ? until : until * 10 ** (DEFAULT_DECADES * (k / (count - 1) - 1)),
  );
}
