import type { Prediction, Trajectory } from "twotime";
import type { Shown } from "../chart/marks";
import type { PairCurves } from "../compute/messages";

const COLUMNS = "setting,source,quantity,time,time_prime,index,statistic,value,standard_error,error";

/**
 * All numbers of the settings that are compared as CSV: theory at the report times of the command line, the finite system, two-time
 * functions as they are drawn, closed forms. Full double precision. A setting is its number, from 1.
 */
export function csvOf(settings: readonly Shown[]): string {
  const lines = settings.flatMap(({ theory, finite }, k) => {
    const line = (source: string, cells: readonly Cell[]) => [k + 1, source, ...cells].map(cell).join(",");
    return [
      ...seriesLines(theory?.reported).map((cells) => line("theory", cells)),
      ...pairLines(theory?.pairs).map((cells) => line("theory", cells)),
      ...seriesLines(finite, "mean").map((cells) => line("simulation", cells)),
      ...pairLines(finite?.twoTime, "mean").map((cells) => line("simulation", cells)),
      ...Object.entries(theory?.predictions ?? {}).flatMap(([name, value]) =>
        predictionLines(name, value, []).map((cells) => line("prediction", cells)),
      ),
    ];
  });
  return `${[COLUMNS, ...lines].join("\n")}\n`;
}

type Cell = string | number | undefined;

function cell(value: Cell): string {
  if (value === undefined || (typeof value === "number" && Number.isNaN(value))) return "";
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function seriesLines(source: Trajectory | undefined, statistic?: string): Cell[][] {
  return Object.entries(source?.series ?? {}).flatMap(([name, values]) =>
    Array.from(values, (value, k) => [
      ...named(name, source!.time[k], undefined),
      statistic,
      value,
      source!.standardError?.[name]?.[k],
      source!.error?.[name]?.[k],
    ]),
  );
}

function pairLines(source: PairCurves | undefined, statistic?: string): Cell[][] {
  return Object.entries(source?.series ?? {}).flatMap(([name, values]) =>
    Array.from(values, (value, k) => [
      ...named(name, ...source!.pairs[k]),
      statistic,
      value,
      source!.standardError?.[name]?.[k],
      source!.error?.[name]?.[k],
    ]),
  );
}

/** "overlap[0]" at t: quantity, times and index. */
function named(name: string, t: number, tPrime: number | undefined): Cell[] {
  const [quantity, index] = name.split("[");
  return [quantity, t, tPrime, index?.slice(0, -1)];
}

function predictionLines(name: string, value: Prediction, index: readonly number[]): Cell[][] {
  if (Array.isArray(value)) {
    return (value as readonly Prediction[]).flatMap((part, k) => predictionLines(name, part, [...index, k]));
  }
  const where = [name, undefined, undefined, index.length > 0 ? index.join(" ") : undefined];
  if (typeof value !== "object") return [[...where, undefined, value, undefined, undefined]];
  const { real, imaginary } = value as { real: number; imaginary: number };
  return [
    [...where, "real", real, undefined, undefined],
    [...where, "imaginary", imaginary, undefined, undefined],
  ];
}
