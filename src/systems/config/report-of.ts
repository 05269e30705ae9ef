import { InvalidParameterError } from "../../core/errors";
import type { Report } from "../system";
import type { Config, Verb } from "./config";
import { reportUntil } from "./report";

/**
 * The report of a run of that verb, with its default times.
 * @throws InvalidParameterError for times beyond the end of the run.
 */
export function reportOf(verb: Verb, config: Config): Report {
  const { system, parameters, report } = config;
  if (verb === "predict" || config.search) return { ...report, times: [] };
  const timeUnit = system.countsSteps?.(parameters) ? "step" : system.timeUnit;
  return reportUntil(report, endOf(verb, config), timeUnit);
}

/** Theory and simulation are compared as far as both go; what has no end of its own goes as far as is asked. */
function endOf(verb: Verb, { system, parameters, method, simulation, report }: Config): number {
  const asked = [...(report.times ?? []), ...report.pairs.flat()];
  const otherwise = () => system.end?.(parameters) ?? asked.reduce((most, t) => Math.max(most, t), -Infinity);
  const ends = [
    ...(verb !== "simulate" ? [method.until] : []),
    ...(verb === "simulate" || verb === "compare" ? [simulation.until] : []),
  ];
  const until = Math.min(...ends.map((end) => end ?? otherwise()));
  if (until > 0) return until;
  throw new InvalidParameterError("report.times", report.times, "at least one time above 0");
}
