import { z } from "zod";
import { InvalidParameterError } from "../core/errors";
import { keysAt } from "./describe-schema";
import { type OptimiseSpec, parseOptimise } from "./optimise-schema";
import { systems } from "./registry";
import type { Report, System } from "./system";
import { unknownKey, validate } from "./validate";

/** A checked config: every default filled in. */
export interface Config {
  readonly system: System;
  readonly parameters: unknown;
  readonly method: { readonly kind: string; readonly until?: number };
  readonly simulation: { readonly until?: number; readonly step?: number; readonly seed?: number | string };
  /** What a search is after; only there for the verb optimise. */
  readonly optimise?: OptimiseSpec;
  readonly report: z.infer<typeof reportSchema>;
  /** What was read, for the run folder. */
  readonly source: Readonly<Record<string, unknown>>;
}

const reportSchema = z.strictObject({
  times: z.array(z.number().nonnegative()).min(1).optional(),
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
  const report = validate(reportSchema, config.report ?? {}, "report");
  checkQuantities(system, report.quantities, verb);

  // A run that is solved and simulated has one end: what one side leaves out it takes from the other.
  const method = record(config.method, "method");
  const simulation = record(config.simulation, "simulation");
  const until = method.until ?? simulation.until;
  const optimise = verb === "optimise" ? parseOptimise(config.optimise, system, parameters) : undefined;
  const methodUntil = method.until ?? optimise?.minimise?.time ?? until;
  const solves = verb === "solve" || verb === "compare" || verb === "optimise";
  const simulates = verb === "simulate" || verb === "compare";
  const checked: Config = {
    system,
    parameters,
    method:
      solves || config.method !== undefined
        ? parseMethod(system, withEnd(method, methodUntil))
        : { kind: "" },
    simulation:
      simulates || config.simulation !== undefined
        ? (validate(system.simulation, withEnd(simulation, until), "simulation") as Config["simulation"])
        : {},
    ...(optimise && { optimise }),
    report,
    source: config,
  };
  checkStep(checked.simulation);
  checkGoal(checked);
  return checked;
}

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

function parseMethod(system: System, method: Record<string, unknown>): Config["method"] {
  const kinds = Object.keys(system.methods);
  const kind = method.kind ?? kinds[0];
  if (typeof kind !== "string" || !kinds.includes(kind)) {
    throw new InvalidParameterError("method.kind", kind, kinds.map((name) => `"${name}"`).join(" or "));
  }
  return validate(system.methods[kind], { ...method, kind }, "method") as Config["method"];
}

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
  const latest = until * (1 + 1e-12);
  const check = (path: string, t: number) => {
    if (t > latest) throw new InvalidParameterError(path, t, `at most ${until}, where the run ends`);
  };
  for (const [k, t] of report.times?.entries() ?? []) check(`report.times[${k}]`, t);
  report.pairs.forEach(([t, tPrime], k) => {
    check(`report.pairs[${k}][0]`, t);
    check(`report.pairs[${k}][1]`, tPrime);
  });
  return { ...report, times: report.times ?? logSpaced(until, DEFAULT_TIMES) };
}

/** `count` times, equally spaced in ln t over three decades, the last one `until`. */
export function logSpaced(until: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) =>
    k === count - 1 ? until : until * 10 ** (DEFAULT_DECADES * (k / (count - 1) - 1)),
  );
}
