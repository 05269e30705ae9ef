import { z } from "zod";
import { InvalidParameterError } from "../../core/errors";
import type { Verb } from "../../systems/config/config";
import type { Fields } from "../../systems/named";
import { findSystem } from "../../systems/registry";
import { splitIndex } from "../../systems/rows/row";
import { unknownKey } from "../../systems/schema/unknown-key";
import { validate } from "../../systems/schema/validate";
import type { Axis } from "./config-path";

/** A plot of the gathered table: see the fields of {@link plotSchema}. */
export type PlotRequest = z.infer<typeof plotSchema>;

export const plotSchema = z.strictObject({
  x: z.string().describe("a varied key whose values are numbers, or time"),
  y: z.string().describe("a quantity; with two varied axes and no series, the colour of a map"),
  at: z
    .number()
    .nonnegative()
    .optional()
    .describe("the time of y, which becomes a report time of every point; the last one when left out"),
  series: z.string().optional().describe("a varied key: a line for each of its values; or the other axis"),
});

interface PlotSource {
  readonly verb: Verb;
  readonly base: Fields;
  readonly axes: readonly Axis[];
}

/** Checks the plots that a sweep asks for. @throws InvalidParameterError named like plot[0].x */
export function plotsOf(source: unknown, plan: PlotSource): PlotRequest[] {
  if (source === undefined) return [];
  if (!Array.isArray(source))
    throw new InvalidParameterError("plot", source, "a list of plots { x, y, at, series }");
  const keys = plan.axes.map(({ key }) => key);
  const quantities = quantitiesOf(plan);
  return source.map((one, k) => {
    const plot = validate(plotSchema, one, `plot[${k}]`);
    const { x, series } = plot;
    if (x !== "time" && !keys.includes(x)) throw unknownKey(`plot[${k}].x "${x}"`, x, [...keys, "time"]);
    if (series !== undefined && !keys.includes(series))
      throw unknownKey(`plot[${k}].series "${series}"`, series, keys);
    const { quantity } = splitIndex(plot.y);
    if (quantities && !quantities.includes(quantity))
      throw unknownKey(`plot[${k}].y "${quantity}"`, quantity, quantities);
    return plot;
  });
}

/**
 * Checks that there is an axis for what plots have along x, of a plan whose points are known to be right.
 * @throws InvalidParameterError named like plot[0].x
 */
export function checkPlotAxes(plots: readonly PlotRequest[], axes: readonly Axis[]): void {
  for (const [k, { x }] of plots.entries()) {
    const isNumber = (value: unknown) => typeof value === "number";
    if (axes.every(({ key, values }) => key !== x || values.every(isNumber))) continue;
    throw new InvalidParameterError(`plot[${k}].x`, x, "a key whose values are all numbers, or time");
  }
}

/** What rows will be about; undefined where only the computation tells. */
function quantitiesOf({ verb, base, axes }: PlotSource): readonly string[] | undefined {
  if (verb === "optimise" || axes.some(({ key }) => key === "system" || key === "report.quantities")) {
    return undefined;
  }
  const { quantities, predictions } = findSystem(base.system);
  const { quantities: asked } = Object(base.report);
  if (Array.isArray(asked)) return asked.map(String);
  return (verb === "predict" ? predictions : quantities).map(({ name }) => name);
}

/** The config of a point with the times of its plots among those of its report. */
export function withTimes(
  config: unknown,
  times: readonly number[],
  usual: () => readonly number[],
): unknown {
  if (times.length === 0) return config;
  const { report, ...rest } = config as Readonly<Record<string, unknown>>;
  const given: unknown = Object(report).times;
  const known = given === undefined ? usual() : given;
  // What is no list is for the config's own check to refuse.
  if (!Array.isArray(known) || times.every((time) => known.includes(time))) return config;
  return { ...rest, report: { ...Object(report), times: [...known, ...times] } };
}
