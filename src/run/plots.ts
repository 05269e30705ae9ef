import type { Predictions, Solution, TwoTimeSolution } from "../core/results";
import type { PredictedNumber, RunCurve, RunDrawing, Searched } from "../figures";
import { drawnTimes, estimateOf, lineOf } from "../figures/kit/theory-line";
import type { Config, Verb } from "../systems/config/config";
import { type Row, splitIndex } from "../systems/rows/row";
import type { Report } from "../systems/system";
import { createDocument } from "./document";
import type { Outcome } from "./execute";

/** Ages t, each a tenth of the one before, at which two-time functions are drawn. */
const AGES = 3;

/**
 * The plots of a run that is whole, as SVG texts by name: `comparison` of theory and finite system, `predictions`, `search`, what came of
 * its places, else `run`, every quantity against time, and, of a theory with functions of two times, `delay` and `ratio`, against t − t′ and t′/t.
 * Predictions without an axis of their own are levels beside the quantity they belong to.
 */
export async function plotsOf(
  verb: Verb,
  config: Config,
  report: Report,
  outcome: Outcome,
): Promise<Record<string, string>> {
  if (outcome.status !== "done") return {};
  const { comparisonFigure, predictionsFigure, runFigure, searchFigure } = await import("../figures");
  const { quantities } = config.system;
  const [title] = config.system.title.split(",");
  const symbols = Object.fromEntries(quantities.map(({ name, symbol }) => [name, symbol]));
  const document = await createDocument();
  const plots: Record<string, string> = {};
  const { comparison, solution } = outcome;
  const rows = outcome.rows as readonly Row[];
  if (config.search) {
    const searched = searchedOf(rows);
    return searched ? { search: searchFigure(searched, title, document) } : {};
  }
  if (verb === "predict") {
    const drawn = predictionsFigure(numbersOf(config, rows), title, document);
    return drawn === undefined ? {} : { predictions: drawn };
  }
  if (comparison) {
    const compared = comparison.quantities
      .filter(({ quantity }) => isWanted(report, quantity))
      .map((one) => ({ ...one, ...(solution && { line: lineOf(solution, one, isStepped(config)) }) }));
    plots.comparison = comparisonFigure({ quantities: compared }, title, document, symbols);
  }
  const drawings = comparison ? {} : await drawingsOf(symbols, config, report, outcome);
  for (const [name, drawing] of Object.entries(drawings)) {
    if (drawing.curves.length > 0) plots[name] = runFigure(drawing, title, document, symbols);
  }
  return plots;
}

async function drawingsOf(
  symbols: Readonly<Record<string, string>>,
  config: Config,
  report: Report,
  outcome: Outcome,
): Promise<Record<string, RunDrawing>> {
  const rows = outcome.rows as readonly Row[];
  const { solution } = outcome;
  const curves = solution ? solutionCurves(solution, report, isStepped(config)) : rowCurves(rows);
  const moments = rows.flatMap(({ quantity, time, statistic, sample, value }) =>
    time === undefined &&
    statistic === undefined &&
    sample === undefined &&
    isEvent(config, quantity) &&
    isNumber(value)
      ? [{ name: symbols[quantity], value }]
      : [],
  );
  const closed = await levelsOf(config);
  const run = {
    axis: isStepped(config) ? "step" : "time t",
    curves,
    moments: [
      ...moments,
      ...closed
        .filter(({ quantity }) => quantity === "time")
        .map(({ symbol, value }) => ({ name: symbol, value })),
    ],
    levels: closed.map(({ quantity, symbol, value }) => ({ quantity, name: symbol, value })),
  };
  const known = solution && "estimate" in solution ? functionCurves(solution as TwoTimeSolution, report) : [];
  const functions = known.length > 0 ? known : pairCurves(rows);
  const against = (place: (t: number, tPrime: number) => number): RunCurve[] =>
    functions.map(({ t, tPrime, ...rest }) => ({ ...rest, x: tPrime.map((earlier) => place(t, earlier)) }));
  return {
    run,
    delay: { axis: "t − t′", curves: against((t, tPrime) => t - tPrime) },
    ratio: { axis: "t′/t", curves: against((t, tPrime) => tPrime / t) },
  };
}

const isStepped = ({ system, parameters }: Config): boolean =>
  system.timeUnit === "step" || (system.countsSteps?.(parameters) ?? false);

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

const isEvent = ({ system }: Config, name: string) =>
  system.quantities.some((quantity) => quantity.name === name && quantity.of === "run");

const isWanted = ({ quantities }: Report, name: string) =>
  quantities?.includes(splitIndex(name).quantity) ?? true;

/** A theory between the times of the report, and at these. */
function solutionCurves(solution: Solution, report: Report, stepped: boolean): RunCurve[] {
  const times = drawnTimes(solution, report.times, stepped);
  return Object.entries(solution.sample(times).series)
    .filter(([name]) => isWanted(report, name))
    .flatMap(([name, values]) => curve(name, times, Array.from(values)));
}

/** Rows beside the curve of a quantity. */
const OTHER_STATISTICS = ["median", "best", "evaluation"];

/** Means over samples, and schedules, as their rows have them. */
function rowCurves(rows: readonly Row[]): RunCurve[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.time === undefined || row.timePrime !== undefined || row.sample !== undefined) continue;
    if (row.statistic && OTHER_STATISTICS.includes(row.statistic)) continue;
    const name = `${row.quantity}${row.index ? `[${row.index}]` : ""}`;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups].flatMap(([name, group]) => {
    const measured = group.every(({ standardError }) => standardError !== undefined);
    return curve(
      name,
      group.map(({ time }) => time!),
      group.map(({ value }) => Number(value)),
      measured ? group.map(({ standardError }) => standardError!) : undefined,
    );
  });
}

/** A curve without the places at which it is no number; none where nothing is left. */
function curve(
  name: string,
  x: readonly number[],
  y: readonly number[],
  standardError?: readonly number[],
): RunCurve[] {
  const { quantity, index } = splitIndex(name);
  const kept = [...x.keys()].filter((k) => Number.isFinite(y[k]));
  if (kept.length === 0) return [];
  const pick = (values: readonly number[]) => kept.map((k) => values[k]);
  return [
    {
      quantity,
      x: pick(x),
      y: pick(y),
      ...(index && { label: `[${index.join(", ")}]` }),
      ...(standardError && { standardError: pick(standardError) }),
    },
  ];
}

/** A function of two times at one t. */
interface FunctionCurve extends Omit<RunCurve, "x"> {
  readonly t: number;
  readonly tPrime: readonly number[];
}

const ageLabel = (t: number) => `t = ${Number(t.toPrecision(3))}`;

/** Functions of two times at a few ages; none where the theory knows single pairs only. */
function functionCurves(solution: TwoTimeSolution, report: Report): FunctionCurve[] {
  const last = Math.max(...report.times.filter((t) => t <= solution.time[solution.time.length - 1]));
  const ages = Array.from({ length: AGES }, (_, k) => last / 10 ** (AGES - 1 - k)).filter((t) => t > 0);
  return solution.twoTime
    .filter((name) => isWanted(report, name))
    .flatMap((quantity) =>
      ages.flatMap((t): FunctionCurve[] => {
        const points = earlierTimes(t).flatMap((tPrime) => {
          const value = estimateOf(solution, quantity, t, tPrime);
          return value === undefined ? [] : [{ tPrime, value }];
        });
        const [tPrime, y] = [points.map((point) => point.tPrime), points.map(({ value }) => value)];
        return points.length > 1 ? [{ quantity, label: ageLabel(t), t, tPrime, y }] : [];
      }),
    );
}

/** The pairs that were asked for, by their later time. */
function pairCurves(rows: readonly Row[]): FunctionCurve[] {
  const pairs = rows.filter(
    ({ timePrime, sample, value }) => timePrime !== undefined && sample === undefined && isNumber(value),
  );
  const keys = [...new Set(pairs.map(({ quantity, time }) => `${quantity} ${time}`))];
  return keys.map((key) => {
    const group = pairs.filter(({ quantity, time }) => `${quantity} ${time}` === key);
    const [{ quantity, time: t = 0 }] = group;
    const measured = group.every(({ standardError }) => standardError !== undefined);
    return {
      quantity,
      label: ageLabel(t),
      t,
      tPrime: group.map(({ timePrime }) => timePrime!),
      y: group.map(({ value }) => Number(value)),
      ...(measured && { standardError: group.map(({ standardError }) => standardError!) }),
    };
  });
}

/** Times before t, crowded at t and at 0. */
function earlierTimes(t: number): number[] {
  const half = 24;
  const shares = Array.from({ length: 2 * half + 1 }, (_, k) => {
    const far = 0.5 * 10 ** ((-3 * Math.abs(k - half)) / half);
    return k <= half ? far : 1 - far;
  });
  return shares.map((share) => share * t);
}

/** Closed forms as numbers, as their rows have them. */
function numbersOf({ system }: Config, rows: readonly Row[]): PredictedNumber[] {
  const symbols = new Map(system.predictions.map(({ name, symbol = name }) => [name, symbol]));
  return rows.flatMap(({ quantity: name, index, statistic, value }) =>
    isNumber(value)
      ? [
          {
            name,
            symbol: symbols.get(name) ?? name,
            value,
            ...(index && { index }),
            ...((statistic === "real" || statistic === "imaginary") && { part: statistic }),
          },
        ]
      : [],
  );
}

/** The places of a search, from its rows; undefined where there is none. */
function searchedOf(rows: readonly Row[]): Searched | undefined {
  const found = rows.filter(({ statistic }) => statistic === "evaluation");
  if (found.length === 0) return undefined;
  const [{ quantity, time }] = found;
  const names = new Set(rows.filter((row) => row.index && !row.statistic).map((row) => row.quantity));
  return {
    goal: time === undefined ? quantity : `${quantity} at t = ${time}`,
    values: found.map(({ value }) => (isNumber(value) ? value : Number.NaN)),
    parameters: [...names].map((name) => {
      const own = rows.filter((row) => row.quantity === name);
      const best = own.find(({ statistic }) => statistic === "best")?.value;
      const at = own.filter(({ statistic }) => statistic === undefined).map(({ value }) => Number(value));
      return { name, at, ...(isNumber(best) && { best }) };
    }),
  };
}

/** Predictions that are the level of a quantity. */
async function levelsOf({ system, parameters }: Config) {
  const infos = system.predictions.filter(({ levelOf }) => levelOf !== undefined);
  if (infos.length === 0) return [];
  const values: Predictions = await (await system.load()).predict(parameters);
  return infos.flatMap(({ name, symbol = name, levelOf }) => {
    const value = values[name];
    return isNumber(value) ? [{ quantity: levelOf!, name, symbol, value }] : [];
  });
}
