import * as z from "zod";
import { InvalidParameterError } from "../../core/errors";
import type { Report, System } from "../system";
import { fieldsSchema, fieldsUntil } from "./fields";

/** Of times, and of pairs: more than any plot shows. */
const MOST_POINTS = 100_000;

export const reportSchema = z.strictObject({
  times: z
    .array(z.number().nonnegative())
    .min(1)
    .refine((times) => times.length <= MOST_POINTS, { message: `a list of at most ${MOST_POINTS} times` })
    .optional()
    .describe("in any order"),
  pairs: z
    .array(z.tuple([z.number().nonnegative(), z.number().nonnegative()]))
    .refine((pairs) => pairs.length <= MOST_POINTS, { message: `a list of at most ${MOST_POINTS} pairs` })
    .default([])
    .describe("pairs [t, t'] with t' from 0 to t, for two-time quantities"),
  ratios: z
    .array(z.number().min(0).max(1))
    .default([])
    .describe("ratios r, for the pairs (t, r·t) at every time"),
  quantities: z
    .array(z.string())
    .refine((names) => names.length > 0, { message: "a list of at least one quantity, or nothing for all" })
    .optional(),
  samples: z.boolean().default(false),
  fields: fieldsSchema
    .optional()
    .describe("two-time functions as wholes, for a run that is kept in a folder"),
});

/** A report as read and checked: times ascending, each once; without times where the defaults are to be taken. */
export type ReportSpec = z.infer<typeof reportSchema>;

const DEFAULT_TIMES = 60;
const DEFAULT_DECADES = 3;

/** Report times in order, each once. */
export const inOrder = (report: ReportSpec): ReportSpec =>
  report.times ? { ...report, times: [...new Set(report.times)].sort((a, b) => a - b) } : report;

/**
 * The report of a run that lasts until `until`: default times are 60, equally spaced in ln t over 3 decades, whole
 * where a system counts steps; the ratios become pairs.
 * @throws InvalidParameterError for what lies beyond the end.
 */
export function reportUntil(report: ReportSpec, until: number, timeUnit?: System["timeUnit"]): Report {
  const inside = (path: string, t: number) => {
    if (t <= until * (1 + 1e-12)) return Math.min(t, until);
    throw new InvalidParameterError(path, t, `at most ${until}, where the run ends`);
  };
  const { ratios, fields, ...rest } = report;
  const times = report.times?.map((t) => inside("report.times", t)) ?? defaultTimes(until, timeUnit);
  const given = report.pairs.map(([t, tPrime], k): [number, number] => {
    if (tPrime > t) {
      throw new InvalidParameterError(`report.pairs[${k}]`, [t, tPrime], "[t, t'] with t' from 0 to t");
    }
    return [inside(`report.pairs[${k}][0]`, t), Math.min(tPrime, until)];
  });
  if (ratios.length * times.length > MOST_POINTS) {
    const allowed = `at most ${MOST_POINTS} pairs in all: fewer ratios, or fewer times`;
    throw new InvalidParameterError("report.ratios", ratios.length, allowed);
  }
  const byRatio = ratios.flatMap((ratio) => times.map((t): [number, number] => [t, ratio * t]));
  return {
    ...rest,
    times,
    pairs: [...given, ...byRatio],
    ...(fields && { fields: fieldsUntil(fields, until, inside) }),
  };
}

function defaultTimes(until: number, timeUnit: System["timeUnit"]): number[] {
  const times = logSpaced(until, DEFAULT_TIMES);
  if (timeUnit !== "step") return times;
  return [...new Set(times.map((t) => Math.max(1, Math.round(t))))];
}

/** `count` times, equally spaced in ln t over three decades, the last one `until`. */
function logSpaced(until: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) =>
    k === count - 1 ? until : until * 10 ** (DEFAULT_DECADES * (k / (count - 1) - 1)),
  );
}
