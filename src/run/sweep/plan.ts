import { z } from "zod";
import { InvalidParameterError } from "../../core/errors";
import type { Verb } from "../../systems/config/config";
import type { Fields } from "../../systems/named";
import { unknownKey } from "../../systems/schema/unknown-key";
import { validate } from "../../systems/schema/validate";
import { keysOfPath } from "./config-path";

/** One key of the config, and what it is in one point after the other. */
export interface Axis {
  /** Dotted path into the config: "parameters.schedule.exponent". */
  readonly key: string;
  readonly values: readonly unknown[];
}

/** A plot of the gathered table: see the fields of {@link plotSchema}. */
export type PlotRequest = z.infer<typeof plotSchema>;

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
const PARTS = ["parameters", "method", "simulation", "optimise", "report", "system"];

const SCHEMAS = {
  verb: z.enum(["solve", "simulate", "predict", "compare", "optimise"]),
  combine: z.enum(["product", "zip"]).default("product"),
  seeds: z.int().min(1).max(MOST_SEEDS).default(1),
  timeLimit: z.number().positive().nullable().default(null),
};

const plotSchema = z.strictObject({
  x: z.string().describe("a varied key, or time"),
  y: z.string().describe("a quantity; with two varied axes and no series, the colour of a map"),
  at: z.number().nonnegative().optional().describe("the time of y; the last one when left out"),
  series: z.string().optional().describe("a varied key: a line for each of its values; or the other axis"),
});

const rangeSchema = z.strictObject({
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
  const plan = record(source, "sweep", "a record with verb, base, vary, …");
  const stray = Object.keys(plan).find((key) => !KEYS.includes(key));
  if (stray !== undefined) throw unknownKey(stray, stray, KEYS);
  const verb = validate(SCHEMAS.verb, plan.verb, "verb");
  const base = record(plan.base, "base", "a config");
  const vary = record(plan.vary ?? {}, "vary", "a record of lists and ranges by dotted path");
  const axes = Object.entries(vary).map(([key, values]) => ({
    key: checked(key),
    values: list(key, values),
  }));
  const combine = validate(SCHEMAS.combine, plan.combine, "combine");
  const seeds = validate(SCHEMAS.seeds, plan.seeds, "seeds");
  return {
    verb,
    base,
    axes,
    combine,
    seeds,
    timeLimit: validate(SCHEMAS.timeLimit, plan.timeLimit, "timeLimit"),
    plots: plotsOf(plan.plot, axes),
    size: sizeOf(axes, combine) * seedsWithin(seeds, sizeOf(axes, combine)),
    source: plan,
  };
}

/** Keys within keys would depend on who comes last. */
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

function plotsOf(source: unknown, axes: readonly Axis[]): PlotRequest[] {
  if (source === undefined) return [];
  if (!Array.isArray(source))
    throw new InvalidParameterError("plot", source, "a list of plots { x, y, at, series }");
  const keys = axes.map(({ key }) => key);
  return source.map((one, k) => {
    const plot = validate(plotSchema, one, `plot[${k}]`);
    if (plot.x !== "time" && !keys.includes(plot.x))
      throw unknownKey(`plot[${k}].x "${plot.x}"`, plot.x, [...keys, "time"]);
    const { series } = plot;
    if (series !== undefined && !keys.includes(series))
      throw unknownKey(`plot[${k}].series "${series}"`, series, keys);
    return plot;
  });
}

function record(value: unknown, name: string, allowed: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new InvalidParameterError(name, value, allowed);
}
