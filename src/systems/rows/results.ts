import type {
  Ensemble,
  Estimate,
  Events,
  Solution,
  Summary,
  Trajectory,
  TwoTimeSolution,
} from "../../core/results";
import type { Report } from "../system";
import { eventStatistics, eventTime } from "./event-statistics";
import { plain, type Row, splitIndex } from "./row";

const wanted = (report: Report, quantity: string) => report.quantities?.includes(quantity) ?? true;

/** The rows of a theory solution at the times and pairs of a report. */
export function solutionRows(solution: Solution | TwoTimeSolution, report: Report): Row[] {
  const rows = seriesRows(solution.sample(report.times), report);
  rows.push(...eventRows(solution.events, report, solution.samples === undefined, solution.eventError));
  rows.push(...summaryRows(solution.summary, report));
  if (!("estimate" in solution)) return rows;
  for (const quantity of solution.twoTime) {
    if (!wanted(report, quantity)) continue;
    for (const [t, tPrime] of report.pairs) {
      const estimate = solution.estimate(quantity, t, tPrime);
      rows.push({
        quantity,
        time: t,
        timePrime: tPrime,
        ...withError(estimate),
        ...known(estimate.standardError ?? Infinity),
      });
    }
  }
  return rows;
}

/** The rows of a trajectory at all its times. */
export function seriesRows({ time, series, error, standardError }: Trajectory, report: Report): Row[] {
  const rows: Row[] = [];
  for (const name of Object.keys(series)) {
    const which = splitIndex(name);
    if (!wanted(report, which.quantity)) continue;
    time.forEach((t, k) => {
      rows.push({
        ...which,
        time: t,
        ...withError({ value: series[name][k], error: error?.[name]?.[k] }),
        ...known(standardError?.[name]?.[k] ?? Infinity),
      });
    });
  }
  return rows;
}

function withError({ value, error }: Estimate): Pick<Row, "value" | "error"> {
  return error !== undefined && Number.isFinite(value) && Number.isFinite(error)
    ? { value: plain(value), error }
    : { value: plain(value) };
}

/** The rows of a simulated ensemble: means or fractions, medians, and with `report.samples` every sample. */
export function ensembleRows(ensemble: Ensemble, report: Report): Row[] {
  const rows: Row[] = [];
  const add = (name: string, at: (k: number) => Partial<Row>, data: SeriesData) => {
    const which = splitIndex(name);
    if (!wanted(report, which.quantity)) return;
    const { statistic = "mean" } = data;
    data.mean.forEach((value, k) => {
      rows.push({ ...which, ...at(k), statistic, value: plain(value), ...known(data.error[k]) });
    });
    if (!report.samples) return;
    data.curves?.forEach((curve, sample) => {
      for (const [k, value] of curve.entries()) {
        rows.push({ ...which, ...at(k), sample, value: plain(value) });
      }
    });
  };
  const atTime = (k: number) => ({ time: ensemble.time[k] });
  for (const name of Object.keys(ensemble.series)) {
    add(name, atTime, {
      mean: ensemble.series[name],
      error: ensemble.standardError[name],
      curves: ensemble.curves?.[name],
      ...(ensemble.fractions?.includes(name) && { statistic: "fraction" }),
    });
  }
  for (const [name, mean] of Object.entries(ensemble.median?.series ?? {})) {
    add(name, atTime, { mean, error: ensemble.median!.standardError[name], statistic: "median" });
  }
  rows.push(...eventRows(ensemble.events, report), ...summaryRows(ensemble.summary, report));
  const { twoTime } = ensemble;
  if (!twoTime) return rows;
  for (const name of Object.keys(twoTime.series)) {
    add(name, (k) => ({ time: twoTime.pairs[k][0], timePrime: twoTime.pairs[k][1] }), {
      mean: twoTime.series[name],
      error: twoTime.standardError[name],
      curves: twoTime.curves?.[name],
    });
  }
  return rows;
}

/** One sample alone says nothing about the error. */
const known = (standardError: number) => (Number.isFinite(standardError) ? { standardError } : {});

/** The rows of events: of a deterministic theory their times, of samples their statistics. */
function eventRows(
  events: Events | undefined,
  report: Report,
  single = false,
  errors: Solution["eventError"] = {},
): Row[] {
  return Object.entries(events ?? {}).flatMap(([quantity, times]): Row[] => {
    if (!wanted(report, quantity)) return [];
    if (single) {
      const came = times[0] < Infinity && errors[quantity] !== undefined;
      return [{ quantity, value: eventTime(times[0]), ...(came && { error: errors[quantity] }) }];
    }
    const rows: Row[] = eventStatistics(times).map((row) => ({ quantity, ...row }));
    if (report.samples) {
      for (const [sample, t] of times.entries()) rows.push({ quantity, sample, value: eventTime(t) });
    }
    return rows;
  });
}

interface SeriesData {
  /** The means, or what else `statistic` says. */
  readonly mean: Float64Array;
  readonly statistic?: string;
  readonly error: Float64Array;
  readonly curves?: readonly Float64Array[];
}

/** The rows of what a result has once as a whole; a time that never comes is a word. */
function summaryRows(summary: Summary | undefined, report: Report): Row[] {
  return Object.entries(summary ?? {})
    .filter(([name]) => wanted(report, splitIndex(name).quantity))
    .map(([name, estimate]) => ({
      ...splitIndex(name),
      ...(estimate.value === Infinity ? { value: "never" } : withError(estimate)),
      ...known(estimate.standardError ?? Infinity),
    }));
}
