import { InvalidParameterError } from "../core/errors";
import type { Predictions, Solution, TwoTimeSolution } from "../core/results";
import type { RunCurve, RunDrawing } from "../figures";
import type { Config } from "../systems/config/config";
import { type Row, splitIndex } from "../systems/rows/row";
import type { Report } from "../systems/system";
import { createDocument } from "./document";
import type { Outcome } from "./execute";

/** Points that a curve is drawn with. */
const POINTS = 240;
/** Ages t, each a tenth of the one before, at which two-time functions are drawn. */
const AGES = 3;

/**
 * The plots of a run that is whole, as SVG texts by name: `comparison` of theory and finite system, else `run`, every
 * quantity against time, and, of a theory with functions of two times, `delay` and `ratio`, against t − t′ and t′/t.
 * Predictions without an axis of their own are levels beside the quantity they belong to.
 */
export async function plotsOf(
  config: Config,
  report: Report,
  outcome: Outcome,
): Promise<Record<string, string>> {
  if (outcome.status !== "done") return {};
  const { comparisonFigure, runFigure } = await import("../figures");
  const { quantities } = config.system;
  const [title] = config.system.title.split(",");
  const symbols = Object.fromEntries(quantities.map(({ name, symbol }) => [name, symbol]));
  const document = await createDocument();
  const plots: Record<string, string> = {};
  if (outcome.comparison?.quantities.length) {
    plots.comparison = comparisonFigure(outcome.comparison, title, document, symbols);
  }
  const drawings = outcome.comparison ? {} : await drawingsOf(symbols, config, report, outcome);
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
  const curves = solution ? solutionCurves(solution, report) : rowCurves(rows);
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
    axis: config.system.timeUnit === "step" ? "step" : "time t",
    curves,
    moments: [
      ...moments,
      ...closed
        .filter(({ quantity }) => quantity === "time")
        .map(({ symbol, value }) => ({ name: symbol, value })),
    ],
    levels: closed,
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

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

const isEvent = ({ system }: Config, name: string) =>
  system.quantities.some((quantity) => quantity.name === name && quantity.of === "run");

const isWanted = ({ quantities }: Report, name: string) =>
  quantities?.includes(splitIndex(name).quantity) ?? true;

/** A theory at the solver's own times between those of the report, and at these. */
function solutionCurves(solution: Solution, report: Report): RunCurve[] {
  const asked = report.times.filter((t) => t <= solution.time[solution.time.length - 1]);
  const [first, last] = [Math.min(...asked), Math.max(...asked)];
  const between = Array.from(solution.time).filter((t) => t > first && t < last);
  const some = between.filter((_, k) => k % Math.ceil(between.length / POINTS) === 0);
  const times = [...new Set([...asked, ...some])].sort((a, b) => a - b);
  const { series } = solution.sample(times);
  return Object.entries(series)
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

function estimateOf(
  solution: TwoTimeSolution,
  quantity: string,
  t: number,
  tPrime: number,
): number | undefined {
  try {
    const { value } = solution.estimate(quantity, t, tPrime);
    return Number.isFinite(value) ? value : undefined;
  } catch (error) {
    // A theory that is computed pair by pair.
    if (error instanceof InvalidParameterError) return undefined;
    throw error;
  }
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
