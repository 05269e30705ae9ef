import { InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import { type Config, parseConfig, type Verb, withSeed } from "../../systems/config/config";
import { reportOf } from "../../systems/config/report-of";
import { versionsOf } from "../../systems/config/versions";
import type { Fields } from "../../systems/named";
import { hashOf } from "../manifest";
import { withValueAt } from "./config-path";
import type { SweepPlan } from "./plan";
import { checkPlotAxes, withTimes } from "./plot-requests";

/** The points of a plan, in its order: the last key varies fastest, and the seed faster still. */
export interface Points {
  readonly size: number;
  /** The names of what tells points apart: the varied keys, and "seed" where there are several. */
  readonly keys: readonly string[];
  /** By point: the hash of its config and of the versions of what solves it. Equal points have equal hashes. */
  readonly hashes: readonly string[];
  /** Whether two-time functions are asked for as wholes. */
  readonly keepFields: boolean;
  /** The values of the keys in a point. */
  valuesOf(point: number): readonly unknown[];
  /** The config of a point, as a file would hold it. */
  configOf(point: number): Fields;
}

/**
 * Makes the points, and checks the config of every one.
 * @throws InvalidParameterError for the first that is wrong, named by its path in the config, with the point in the message;
 *   InterruptedError after an abort.
 */
export async function createPoints(plan: SweepPlan, options: Options = {}): Promise<Points> {
  const { axes, base, plots, seeds, size, verb } = plan;
  const seedOf = seeds > 1 ? seedsOf(plan) : undefined;
  const keys = [...axes.map(({ key }) => key), ...(seedOf ? ["seed"] : [])];

  const plotTimes = verb === "predict" ? [] : plots.flatMap(({ at }) => at ?? []);

  /** Which value of each axis; the seed's number last. */
  function placesOf(point: number): number[] {
    const [row, seed] = [Math.floor(point / seeds), point % seeds];
    if (plan.combine === "zip") return [...axes.map(() => row), seed];
    const places: number[] = [];
    let rest = row;
    for (const { values } of [...axes].reverse()) {
      places.unshift(rest % values.length);
      rest = Math.floor(rest / values.length);
    }
    return [...places, seed];
  }

  function valuesOf(point: number): unknown[] {
    const places = placesOf(point);
    const values = axes.map((axis, k) => axis.values[places[k]]);
    return seedOf ? [...values, seedOf(places[axes.length])] : values;
  }

  function configOf(point: number): Fields {
    const values = valuesOf(point);
    const config = axes.reduce<unknown>((at, { key }, k) => withValueAt(at, key, values[k]), base);
    const seeded = seedOf ? withSeed(config, values[axes.length] as number | string) : config;
    return withTimes(seeded, plotTimes, () => reportOf(verb, parseConfig(seeded, verb)).times) as Fields;
  }

  const pacer = createPacer("points", size, options);
  const hashes: string[] = [];
  let keepFields = false;
  for (let point = 0; point < size; point++) {
    if (pacer.due()) await pacer.pause(point);
    try {
      const { hash, fields } = identifyPoint(verb, configOf(point));
      hashes.push(hash);
      keepFields ||= fields;
    } catch (error) {
      if (!(error instanceof InvalidParameterError) || axes.length === 0) throw error;
      const values = valuesOf(point);
      const where = keys.map((key, k) => `${key} ${JSON.stringify(values[k])}`).join(", ");
      const message = `${error.message} (point ${point}: ${where})`;
      throw new InvalidParameterError(error.parameter, error.value, error.allowed, message);
    }
  }
  checkPlotAxes(plots, axes);
  return { size, keys, hashes, keepFields, valuesOf, configOf };
}

/** @throws InvalidParameterError where nothing draws random numbers. */
function seedsOf({ base, verb, seeds }: SweepPlan): (k: number) => number | string {
  const [one, two] = [1, 2].map((seed) => identifyPoint(verb, withSeed(base, seed)).hash);
  const draws = one !== two;
  if (!draws)
    throw new InvalidParameterError(
      "seeds",
      seeds,
      `1: nothing that "${verb}" does here draws random numbers`,
    );
  const { simulation, method } = base as Readonly<Record<string, { readonly seed?: unknown } | undefined>>;
  const first = (verb === "solve" ? method?.seed : simulation?.seed) ?? method?.seed ?? 1;
  return (k) => (typeof first === "number" ? first + k : `${first}/${k}`);
}

/** Version of how results become rows, and of what a journal keeps of them. */
const ROWS = 1;

/** What a point is known by. */
export interface PointIdentity {
  /** Of all that its numbers depend on, defaults filled in. */
  readonly hash: string;
  /** Whether it asks for two-time functions as wholes. */
  readonly fields: boolean;
}

/** @throws InvalidParameterError for a config that is wrong */
export function identifyPoint(verb: Verb, source: unknown): PointIdentity {
  const config = parseConfig(source, verb);
  reportOf(verb, config);
  const { system, parameters, report } = config;
  if (report.fields && verb !== "solve" && verb !== "compare") {
    throw new InvalidParameterError("report.fields", report.fields, `nothing with the verb "${verb}"`);
  }
  const versions = { rows: ROWS, ...versionsOf(verb, config) };
  const known = { versions, verb, system: system.name, parameters, report, ...partsOf(verb, config) };
  return { hash: hashOf(known).slice(0, 32), fields: report.fields !== undefined };
}

function partsOf(verb: Verb, { method, simulation, search, goal }: Config): object {
  const parts = {
    solve: { method },
    simulate: { simulation },
    predict: {},
    compare: { method, simulation },
    optimise: search ? { method, search } : { goal },
  };
  return parts[verb];
}
