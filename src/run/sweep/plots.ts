import type { SweepCell, SweepCurve } from "../../figures";
import { findSystem } from "../../systems/registry";
import { splitIndex } from "../../systems/rows/row";
import type { ComparisonRow } from "../comparison-rows";
import type { SweepPlan } from "./plan";
import type { PlotRequest } from "./plot-requests";
import type { PointStore } from "./point-store";
import type { Points } from "./points";
import { keyCell, resultsOf } from "./table";

/** One value of y, where in the plan it is, and at which x. */
interface Found {
  readonly point: number;
  readonly x: number;
  readonly value: number | string;
  readonly standardError?: number;
  readonly isMeasured: boolean;
}

/**
 * The plots that a plan asks for, as SVG texts by name. With a series, or against the time, lines; without, over two
 * varied keys, a map; words such as a phase are always a map. Seeds are averaged: dots with the standard error of their mean.
 * A plot of what is not there is left out, and a notice says so.
 */
export async function drawPlots(
  plan: SweepPlan,
  points: Points,
  store: Pick<PointStore, "get" | "statusOf">,
  onNotice?: (notice: string) => void,
): Promise<Record<string, string>> {
  if (plan.plots.length === 0) return {};
  const [{ sweepLines, sweepMap }, { createDocument }] = await Promise.all([
    import("../../figures"),
    import("../document"),
  ]);
  const document = await createDocument();
  const drawn: Record<string, string> = {};
  for (const [k, plot] of plan.plots.entries()) {
    const found: Found[] = [];
    for await (const { point, result } of resultsOf(points, store, "done")) {
      found.push(...valuesOf(plot, points, point, result.rows as readonly ComparisonRow[], plan.verb));
    }
    const other = mapKey(plan, plot, found);
    const labels = { title: titleOf(plan, plot), x: shortName(plot.x), y: symbolOf(plan, plot) };
    if (other) {
      const cells = cellsOf(points, other, averaged(points, found));
      const map = { ...labels, y: shortName(other), value: labels.y };
      if (cells.length > 0) drawn[`plot-${k + 1}`] = sweepMap(cells, map, document);
    } else {
      const curves = curvesOf(plot, points, averaged(points, found));
      if (curves.length > 0) drawn[`plot-${k + 1}`] = sweepLines(curves, labels, document);
    }
    if (!drawn[`plot-${k + 1}`]) {
      onNotice?.(`plot ${k + 1} is left out: no point has a number to draw for ${plot.y}`);
    }
  }
  return drawn;
}

/** Words that stand for a number which no axis has a place for. */
const NUMERIC_WORDS = ["infinity", "-infinity", "never", "undefined"];

/** The key along the second axis of a map; undefined where lines are to be drawn. */
function mapKey(
  { axes }: SweepPlan,
  { x, series }: PlotRequest,
  found: readonly Found[],
): string | undefined {
  if (x === "time") return undefined;
  const others = axes.map(({ key }) => key).filter((key) => key !== x);
  const other = series ?? (others.length === 1 ? others[0] : undefined);
  const isNumber = axes.find(({ key }) => key === other)?.values.every((value) => typeof value === "number");
  if (!isNumber) return undefined;
  const hasWords = found.some(({ value }) => typeof value === "string" && !NUMERIC_WORDS.includes(value));
  return series === undefined || hasWords ? other : undefined;
}

function valuesOf(
  { x, y, at }: PlotRequest,
  points: Points,
  point: number,
  rows: readonly ComparisonRow[],
  verb: SweepPlan["verb"],
): Found[] {
  const { quantity, index } = splitIndex(y);
  const mine = rows.filter(
    (row) =>
      row.quantity === quantity &&
      String(row.index) === String(index) &&
      row.sample === undefined &&
      row.timePrime === undefined &&
      (row.statistic === undefined || row.statistic === "mean" || row.statistic === "best"),
  );
  const sides: ("theory" | "simulation" | "value")[] =
    verb === "compare" ? ["theory", "simulation"] : ["value"];
  return sides.flatMap((side): Found[] => {
    const isMeasured = side === "simulation" || (side === "value" && verb === "simulate");
    const all = mine.flatMap((row) => {
      const value = row[side];
      return value === undefined
        ? []
        : [{ time: row.time, value, standardError: isMeasured ? row.standardError : undefined }];
    });
    if (x === "time") {
      return all.flatMap(({ time, ...rest }) =>
        time === undefined ? [] : [{ point, x: time, isMeasured, ...rest }],
      );
    }
    const place = points.valuesOf(point)[points.keys.indexOf(x)];
    const one = at === undefined ? all.at(-1) : valueAt(all, at);
    return one && typeof place === "number" ? [{ point, x: place, isMeasured, ...one }] : [];
  });
}

interface Timed extends Pick<Found, "value" | "standardError"> {
  readonly time?: number;
}

/** At a time, which is one of the report; what has no time is everywhere. */
const valueAt = (rows: readonly Timed[], at: number): Timed | undefined =>
  rows.find(({ time }) => time === undefined || Math.abs(time - at) <= 1e-9 * at);

/** The values of all seeds of a point as their mean, with its standard error. */
function averaged(points: Points, found: readonly Found[]): Found[] {
  const seeds = points.keys.at(-1) === "seed" ? points.keys.length - 1 : undefined;
  if (seeds === undefined) return [...found];
  const byPlace = new Map<string, Found[]>();
  for (const one of found) {
    const place = JSON.stringify([points.valuesOf(one.point).slice(0, seeds), one.x, one.isMeasured]);
    byPlace.set(place, [...(byPlace.get(place) ?? []), one]);
  }
  return [...byPlace.values()].map(meanOf);
}

function meanOf(values: readonly Found[]): Found {
  const numbers = values.flatMap(({ value }) => (typeof value === "number" ? value : []));
  if (numbers.length < values.length || numbers.length < 2) return values[0];
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = Math.sqrt(squares / (numbers.length * (numbers.length - 1)));
  return { ...values[0], value: mean, ...(squares > 0 && { standardError, isMeasured: true }) };
}

/** A curve for each set of values of the keys that are not along x. */
function curvesOf({ x }: PlotRequest, points: Points, found: readonly Found[]): SweepCurve[] {
  const others = points.keys.flatMap((key, k) => (key === x || key === "seed" ? [] : [{ key, k }]));
  const curves = new Map<string, { label: string; isMeasured: boolean; values: Found[] }>();
  for (const one of found) {
    if (typeof one.value !== "number") continue;
    const values = points.valuesOf(one.point);
    const label = others.map(({ key, k }) => `${shortName(key)} ${keyCell(values[k])}`).join(", ");
    const name = `${label} ${one.isMeasured}`;
    const curve = curves.get(name) ?? { label, isMeasured: one.isMeasured, values: [] };
    curve.values.push(one);
    curves.set(name, curve);
  }
  return [...curves.values()].map(({ label, isMeasured, values }) => {
    const sorted = values.sort((a, b) => a.x - b.x);
    const errors = sorted.map(({ standardError = Number.NaN }) => standardError);
    return {
      label,
      isMeasured,
      x: sorted.map((one) => one.x),
      y: sorted.map(({ value }) => value as number),
      ...(errors.every(Number.isFinite) && { standardError: errors }),
    };
  });
}

function cellsOf(points: Points, other: string, found: readonly Found[]): SweepCell[] {
  const k = points.keys.indexOf(other);
  return found.map(({ point, x, value }) => ({ x, y: points.valuesOf(point)[k] as number, value }));
}

/** Without the part of the config: schedule.exponent. */
const shortName = (key: string): string => (key === "time" ? "time t" : key.replace(/^parameters\./, ""));

function symbolOf({ base }: SweepPlan, { y }: PlotRequest): string {
  const { quantities, predictions } = findSystem(base.system);
  const { quantity } = splitIndex(y);
  const symbol = [...quantities, ...predictions].find(({ name }) => name === quantity)?.symbol;
  return symbol === undefined || symbol === y ? y : `${y} ${symbol}`;
}

function titleOf({ base, verb }: SweepPlan, { y, at }: PlotRequest): string {
  const when = at === undefined ? "" : ` at t = ${at}`;
  return `${base.system}, ${verb}: ${y}${when}`;
}
