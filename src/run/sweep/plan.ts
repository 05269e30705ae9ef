import * as z from "zod";
import { InvalidParameterError } from "../../core/errors";
import type { Verb } from "../../systems/config/config";
import type { Fields } from "../../systems/named";
import { unknownKey } from "../../systems/schema/unknown-key";
import { validate } from "../../systems/schema/validate";
import { type Axis, keysOfPath } from "./config-path";
import { type PlotRequest, plotsOf } from "./plot-requests";

/** A sweep, checked: which points there are, and what is done with each. */
export interface SweepPlan {
  readonly verb: Verb;
  readonly base: Fields;
  readonly axes: readonly Axis[];
  readonly combine: "product" | "zip";
  /** How many seeds each point is computed with. */
  readonly seeds: number;
  /** Seconds that a point may take; null for no limit. */
  readonly timeLimit: number | null;
  readonly plots: readonly PlotRequest[];
  /** Number of points. */
  readonly size: number;
  /** What was read, for sweep.json. */
  readonly source: Fields;
}

/** More than a folder, and a reader of its table, can take. */
export const MOST_POINTS = 1_000_000;
const MOST_SEEDS = 100_000;

const KEYS = ["verb", "base", "vary", "combine", "seeds", "timeLimit", "plot"];

/** What may be varied: the parts of a config. */
export const PARTS = ["parameters", "method", "simulation", "optimise", "report", "system"];

/** The fields of a sweep that are simple values. */
export const SCHEMAS = {
  verb: z
    .enum(["solve", "simulate", "predict", "compare", "optimise"])
    .describe("what is done with every point"),
  combine: z
    .enum(["product", "zip"])
    .default("product")
    .describe("all combinations of the values, or the first with the first, the second with the second, …"),
  seeds: z
    .int()
    .min(1)
    .max(MOST_SEEDS)
    .default(1)
    .describe("how many seeds every point is computed with; plots show their means"),
  timeLimit: z
    .number()
    .positive()
    .nullable()
    .default(null)
    .describe("seconds that a point may take; null: no limit"),
};

export const rangeSchema = z.strictObject({
  from: z.number(),
  to: z.number(),
  points: z.int().min(1).max(MOST_POINTS),
  scale: z.enum(["linear", "log"]).default("linear"),
});

/**
 * Checks a sweep, as read from JSON or YAML; the configs of its points are checked one by one, see `createPoints`.
 * @throws InvalidParameterError for the first thing wrong, named by its path in the file.
 */
export function parsePlan(source: unknown): SweepPlan {
  const { $schema: _, ...plan } = record(source, "sweep", "a record with verb, base, vary, …");
  const stray = Object.keys(plan).find((key) => !KEYS.includes(key));
  if (stray !== undefined) throw unknownKey(stray, stray, KEYS);
  const verb = validate(SCHEMAS.verb, plan.verb, "verb");
  const { $schema: __, ...base } = record(plan.base, "base", "a config");
  const vary = record(plan.vary ?? {}, "vary", "a record of lists and ranges by dotted path");
  const axes = Object.entries(vary).map(([key, values]) => ({
    key: checked(key),
    values: list(key, values),
  }));
  checkApart(axes);
  const combine = validate(SCHEMAS.combine, plan.combine, "combine");
  const seeds = validate(SCHEMAS.seeds, plan.seeds, "seeds");
  if (seeds > 1) checkNoSeed(axes);
  return {
    verb,
    base,
    axes,
    combine,
    seeds,
    timeLimit: validate(SCHEMAS.timeLimit, plan.timeLimit, "timeLimit"),
    plots: plotsOf(plan.plot, { verb, base, axes }),
    size: sizeOf(axes, combine) * seedsWithin(seeds, sizeOf(axes, combine)),
    source: plan,
  };
}

/** A key within another would lose its value to that one, or the other way round. */
function checkApart(axes: readonly Axis[]): void {
  const ways = axes.map(({ key }) => keysOfPath(key));
  for (const [k, { key, values }] of axes.entries()) {
    const outer = ways.findIndex(
      (way, other) =>
        other !== k && way.length <= ways[k].length && way.every((part, d) => part === ways[k][d]),
    );
    if (outer < 0) continue;
    const allowed = `no key within vary.${axes[outer].key}, which is varied too`;
    throw new InvalidParameterError(`vary.${key}`, values, allowed);
  }
}

/** @throws InvalidParameterError where a varied key holds a seed, which `seeds` would replace */
function checkNoSeed(axes: readonly Axis[]): void {
  const holdsSeed = (value: unknown) => typeof value === "object" && value !== null && "seed" in value;
  const found = axes.find(({ key, values }) => keysOfPath(key).at(-1) === "seed" || values.some(holdsSeed));
  if (!found) return;
  const allowed = "no seed beside seeds, which gives every point its own";
  throw new InvalidParameterError(`vary.${found.key}`, found.values, allowed);
}

function checked(key: string): string {
  const [part] = keysOfPath(key);
  if (!PARTS.includes(String(part))) throw unknownKey(`vary.${key}`, String(part), PARTS);
  return key;
}

function list(key: string, values: unknown): readonly unknown[] {
  const name = `vary.${key}`;
  if (Array.isArray(values)) {
    if (values.length > 0) return values;
    throw new InvalidParameterError(name, values, "a list of at least one value");
  }
  if (typeof values !== "object" || values === null) {
    throw new InvalidParameterError(name, values, "a list of values, or { from, to, points, scale }");
  }
  const { from, to, points, scale } = validate(rangeSchema, values, name);
  if (scale === "log") {
    for (const [end, value] of Object.entries({ from, to })) {
      if (!(value > 0))
        throw new InvalidParameterError(`${name}.${end}`, value, "a number above 0 (scale log)");
    }
  }
  if (points === 1 && from !== to) {
    throw new InvalidParameterError(`${name}.points`, points, "at least 2, for a range with two ends");
  }
  return Array.from({ length: points }, (_, k) => {
    if (k === 0) return from;
    if (k === points - 1) return to;
    const share = k / (points - 1);
    return rounded(scale === "log" ? from * (to / from) ** share : from + (to - from) * share);
  });
}

/** Without the rounding errors of 0.1·3: the same number as if it were written in a list. */
const rounded = (value: number) => Number(value.toPrecision(14));

function sizeOf(axes: readonly Axis[], combine: SweepPlan["combine"]): number {
  if (axes.length === 0) return 1;
  const lengths = axes.map(({ values }) => values.length);
  if (combine === "product") {
    const size = lengths.reduce((product, length) => product * length, 1);
    if (size <= MOST_POINTS) return size;
    throw new InvalidParameterError("vary", size, `at most ${MOST_POINTS} points in all`);
  }
  const other = lengths.findIndex((length) => length !== lengths[0]);
  if (other < 0) return lengths[0];
  const { key } = axes[other];
  const allowed = `${lengths[0]} values, as many as vary.${axes[0].key} has, since combine is "zip"`;
  throw new InvalidParameterError(`vary.${key}`, lengths[other], allowed);
}

function seedsWithin(seeds: number, points: number): number {
  if (seeds * points <= MOST_POINTS) return seeds;
  throw new InvalidParameterError("seeds", seeds, `at most ${MOST_POINTS} points in all`);
}

function record(value: unknown, name: string, allowed: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new InvalidParameterError(name, value, allowed);
}
