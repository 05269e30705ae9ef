import type {
  Ensemble,
  Estimate,
  Events,
  Prediction,
  Predictions,
  Solution,
  TwoTimeSolution,
} from "../../core/results";
import type { Report } from "../system";
import { eventStatistics, eventTime } from "./event-statistics";

/** One number of a result, as the command line prints it and a run folder keeps it. */
export interface Row {
  readonly quantity: string;
  readonly time?: number;
  readonly timePrime?: number;
  /** Component of a vector or matrix quantity, or the number of a root. */
  readonly index?: readonly number[];
  readonly sample?: number;
  readonly statistic?: string;
  /** A number, or "infinity", "never", "undefined", or a word such as a phase. */
  readonly value: number | string;
  /** Statistical error. */
  readonly standardError?: number;
  /** Estimated numerical error. */
  readonly error?: number;
}

/** Numbers that JSON cannot hold become words. */
export function plain(value: number | string): number | string {
  if (typeof value === "string" || Number.isFinite(value)) return value;
  return Number.isNaN(value) ? "undefined" : value > 0 ? "infinity" : "-infinity";
}

/** Splits "overlap[0,1]" into the quantity and its index. */
export function splitIndex(name: string): Pick<Row, "quantity" | "index"> {
  const match = name.match(/^(.*)\[([\d,]+)\]$/);
  return match ? { quantity: match[1], index: match[2].split(",").map(Number) } : { quantity: name };
}

const wanted = (report: Report, quantity: string) => report.quantities?.includes(quantity) ?? true;

/** The rows of a theory solution at the times and pairs of a report. */
export function solutionRows(solution: Solution | TwoTimeSolution, report: Report): Row[] {
  const rows: Row[] = [];
  const { time, series, error, standardError } = solution.sample(report.times);
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
  rows.push(...eventRows(solution.events, report, solution.samples === undefined));
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

function withError({ value, error }: Estimate): Pick<Row, "value" | "error"> {
  return error !== undefined && Number.isFinite(value) && Number.isFinite(error)
    ? { value, error }
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
  rows.push(...eventRows(ensemble.events, report));
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
function eventRows(events: Events | undefined, report: Report, single = false): Row[] {
  return Object.entries(events ?? {}).flatMap(([quantity, times]): Row[] => {
    if (!wanted(report, quantity)) return [];
    if (single) return [{ quantity, value: eventTime(times[0]) }];
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

/**
 * One row a prediction, or a row for each component or root. A report that names predictions gets those; one
 * that names only quantities along a run is meant for another verb, and gets all.
 */
export function predictionRows(predictions: Predictions, report?: Pick<Report, "quantities">): Row[] {
  const named = report?.quantities?.filter((name) => name in predictions) ?? [];
  return Object.entries(predictions)
    .filter(([quantity]) => named.length === 0 || named.includes(quantity))
    .flatMap(([quantity, prediction]: [string, Prediction]): Row[] =>
      typeof prediction === "object"
        ? prediction.map((value, index) => ({ quantity, index: [index], value: plain(value) }))
        : [{ quantity, value: plain(prediction) }],
    );
}
