import { linear, log, tickText } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { measured } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { paint } from "../drawing/picture";
import { wordsOf } from "./comparison-figure";

/** One number of a closed form: alone, a component, or a part of a complex one. */
export interface PredictedNumber {
  readonly name: string;
  readonly symbol: string;
  readonly index?: readonly number[];
  readonly part?: "real" | "imaginary";
  readonly value: number;
}

/** Positive numbers that span more than this factor are drawn on a logarithmic axis. */
const WIDE = 30;
/** Height of a line of numbers, and what a drawing has besides, in pixels. */
const ROW = 24;
const FRAME = 110;

/** Closed forms: single numbers on one axis, each with its name; components against their index; complex ones in their plane. */
export function predictionsFigure(
  numbers: readonly PredictedNumber[],
  title: string,
  document: Document,
): string | undefined {
  const single = numbers.filter(({ index, part }) => index === undefined && part === undefined);
  const names = new Set(numbers.filter((one) => !single.includes(one)).map(({ name }) => name));
  const drawings = [
    ...(single.length > 0 ? [onOneAxis(single)] : []),
    ...[...names].map((name) => components(numbers.filter((one) => one.name === name))),
  ];
  if (drawings.length === 0) return undefined;
  return paint(
    {
      title,
      description: `${title}: closed forms ${[...new Set(numbers.map(({ name }) => name))].map(wordsOf).join(", ")}`,
      drawings,
      columns: 1,
      rowHeight: Math.max(250, FRAME + ROW * single.length),
    },
    document,
  );
}

function onOneAxis(numbers: readonly PredictedNumber[]): Drawing {
  const values = numbers.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const isLog = low > 0 && high > WIDE * low;
  const place = (value: number) =>
    isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const row = (k: number) => numbers.length - k;
  return {
    title: "closed forms",
    x: (isLog ? log : linear)("value"),
    y: linear("", { ends: [0, numbers.length + 1], ticks: [] }),
    marks: numbers.map(({ value }, k) => measured([value], [row(k)], { colour: colourOf(0) })),
    notes: numbers.map(({ name, symbol, value }, k) => ({
      x: value,
      y: row(k),
      text: `${symbol === name ? wordsOf(name) : `${wordsOf(name)} ${symbol}`} = ${tickText(Number(value.toPrecision(4)))}`,
      anchor: place(value) > 0.5 ? "end" : "start",
    })),
  };
}

function components(numbers: readonly PredictedNumber[]): Drawing {
  const [{ name, symbol }] = numbers;
  const [real, imaginary] = ["real", "imaginary"].map((part) => numbers.filter((one) => one.part === part));
  const style = { colour: colourOf(0) };
  if (imaginary.length > 0) {
    const y = imaginary.map(({ value }) => value);
    return {
      title: `${wordsOf(name)} ${symbol}`,
      x: linear("real part"),
      y: linear("imaginary part"),
      marks: [
        measured(
          real.map(({ value }) => value),
          y,
          style,
        ),
      ],
    };
  }
  const values = numbers.map(({ value }) => value);
  return {
    title: `${wordsOf(name)} ${symbol}`,
    x: linear(numbers.some(({ index = [] }) => index.length > 1) ? "component, row by row" : "index", {
      ticks: values.map((_, k) => k),
    }),
    y: linear("value"),
    marks: [
      measured(
        values.map((_, k) => k),
        values,
        style,
      ),
    ],
  };
}
