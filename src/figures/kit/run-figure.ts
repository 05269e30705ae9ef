import { type AxisPlan, linear, log, tickText } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { type Mark, measured, theory } from "../drawing/marks";
import { colourOf, rampColour } from "../drawing/palette";
import { paint } from "../drawing/picture";
import { wordsOf } from "./comparison-figure";

/** One curve of a run: drawn through, or, where it has standard errors, as dots with their bars. */
export interface RunCurve {
  /** Name of the quantity, without an index. */
  readonly quantity: string;
  /** What tells it from the other curves of the quantity, e.g. "[0, 1]" or "t = 10". */
  readonly label?: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly standardError?: readonly number[];
}

/** What is drawn of a run along one axis. */
export interface RunDrawing {
  /** What stands on the horizontal axis, e.g. "time t". */
  readonly axis: string;
  readonly curves: readonly RunCurve[];
  /** Closed forms to compare a quantity with. */
  readonly levels?: readonly { readonly quantity: string; readonly name: string; readonly value: number }[];
  /** Times of events. */
  readonly moments?: readonly { readonly name: string; readonly value: number }[];
}

/** Values of one sign on a horizontal axis that span more than this factor are drawn on a logarithmic one. */
const WIDE = 8;
/** The same of a vertical axis. */
const STEEP = 30;
/** More curves than this are an ordered family, of which only the first and the last are named. */
const FAMILY = 6;
/** Levels further away than so many times the height of the curves would flatten them. */
const FAR = 2;

/**
 * Every quantity of a run in a small drawing of its own, as the text of an svg element.
 * @param symbols what stands on the vertical axis, by quantity
 */
export function runFigure(
  { moments, ...run }: RunDrawing,
  title: string,
  document: Document,
  symbols: Readonly<Record<string, string>> = {},
): string {
  const quantities = [...new Set(run.curves.map(({ quantity }) => quantity))];
  // The moments are the same in all drawings: once is enough.
  const drawings = quantities.map((quantity, k) =>
    drawingOf(quantity, { ...run, ...(k === 0 && { moments }) }, symbols[quantity] ?? quantity),
  );
  return paint(
    {
      title,
      ...(run.curves.some(({ standardError }) => standardError) && {
        key: "Dots: means, bars of one standard error.",
      }),
      description: `${title}: ${quantities.join(", ")} against ${run.axis}`,
      drawings,
      columns: drawings.length === 1 ? 1 : 2,
      ...(drawings.length === 1 && { rowHeight: 400 }),
    },
    document,
  );
}

function drawingOf(quantity: string, { axis, curves, levels = [], moments }: RunDrawing, y: string): Drawing {
  const own = curves.filter((curve) => curve.quantity === quantity);
  const values = own.flatMap((curve) => curve.y);
  const beside = levels.filter((level) => level.quantity === quantity && isNear(level.value, values));
  const marks = own.map((curve, k) => markOf(curve, k, own));
  const held = [...values, ...beside.map(({ value }) => value)];
  return {
    title: wordsOf(quantity),
    x: axisFor(
      axis,
      own.flatMap(({ x }) => x),
      WIDE,
    ),
    y: { ...axisFor(y, held, STEEP), holds: beside.map(({ value }) => value) },
    marks,
    // Lines are named at their ends.
    ...(marks.every(({ kind }) => kind === "dots") && { legend: "top-right" as const }),
    levels: beside.map(({ name, value }) => ({ value, label: name })),
    ...(moments && {
      moments: moments.map(({ name, value }) => ({ value, label: `${name} = ${tickText(rounded(value))}` })),
    }),
  };
}

function markOf(curve: RunCurve, k: number, { length: count }: readonly RunCurve[]): Mark {
  const isNamed = count > 1 && (count <= FAMILY || k === 0 || k === count - 1);
  const style = {
    colour: count > FAMILY ? rampColour(k, count) : colourOf(k),
    ...(isNamed && curve.label !== undefined && { label: curve.label }),
  };
  const order = [...curve.x.keys()].sort((i, j) => curve.x[i] - curve.x[j]);
  const [x, y] = [curve.x, curve.y].map((values) => order.map((i) => values[i]));
  const standardError = curve.standardError && order.map((i) => curve.standardError![i]);
  // One value alone makes no line.
  return standardError || x.length === 1
    ? measured(x, y, { ...style, standardError, hollow: !standardError })
    : theory(x, y, style);
}

const rounded = (value: number) => Number(value.toPrecision(3));

function isNear(level: number, values: readonly number[]): boolean {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return Math.max(low - level, level - high) <= FAR * (high - low);
}

function axisFor(label: string, values: readonly number[], factor: number): AxisPlan {
  const [first, last] = [Math.min(...values), Math.max(...values)];
  return first > 0 && last > factor * first ? log(label) : linear(label);
}
