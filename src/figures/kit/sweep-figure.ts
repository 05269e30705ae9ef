import { type AxisPlan, linear, log, tickText } from "../drawing/axis";
import type { Cell } from "../drawing/drawing";
import { type Mark, measured, theory } from "../drawing/marks";
import { colourOf, rampColour } from "../drawing/palette";
import { paint } from "../drawing/picture";

/** One curve of a plot of a sweep: theory and closed forms drawn through, measurements as dots with their bars. */
export interface SweepCurve {
  readonly label: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly standardError?: readonly number[];
  readonly isMeasured: boolean;
}

/** A value, or a word such as a phase, at a place of the plane of two varied keys. */
export interface SweepCell {
  readonly x: number;
  readonly y: number;
  readonly value: number | string;
}

interface Labels {
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

/** Positive values that span more than this factor are drawn on a logarithmic axis. */
const WIDE = 30;
/** Colours beside a map of numbers. */
const SHADES = 7;

/** Lines by series, as the text of an svg element. */
export function sweepLines(curves: readonly SweepCurve[], labels: Labels, document: Document): string {
  const names = [...new Set(curves.map(({ label }) => label))];
  const marks = curves.map(({ x, y, standardError, isMeasured, label }): Mark => {
    const k = names.indexOf(label);
    const style = {
      colour: names.length > 5 ? rampColour(k, names.length) : colourOf(k),
      ...(names.length > 1 && { label }),
    };
    return isMeasured ? measured(x, y, { ...style, standardError }) : theory(x, y, style);
  });
  const hasLines = marks.some(({ kind }) => kind === "line");
  return paint(
    {
      title: labels.title,
      description: `${labels.y} against ${labels.x}${names.length > 1 ? `, for ${names.join("; ")}` : ""}`,
      x: axisFor(
        labels.x,
        curves.flatMap(({ x }) => x),
      ),
      y: axisFor(
        labels.y,
        curves.flatMap(({ y }) => y),
      ),
      marks,
      ...(!hasLines && names.length > 1 && { legend: "top-right" as const }),
    },
    document,
  );
}

/** A map over the plane of two keys, a coloured cell for each point, as the text of an svg element. */
export function sweepMap(
  cells: readonly SweepCell[],
  labels: Labels & { readonly value: string },
  document: Document,
): string {
  const numbers = cells.flatMap(({ value }) => (typeof value === "number" ? value : []));
  const words = [...new Set(cells.flatMap(({ value }) => (typeof value === "string" ? value : [])))];
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const shade = (value: number) =>
    high > low ? Math.round(((SHADES - 1) * (value - low)) / (high - low)) : 0;
  const colour = (value: number | string) =>
    typeof value === "number" ? rampColour(shade(value), SHADES) : colourOf(words.indexOf(value) + 3);
  const x = axisFor(
    labels.x,
    cells.map((cell) => cell.x),
  );
  const y = axisFor(
    labels.y,
    cells.map((cell) => cell.y),
  );
  const columns = edges(
    x.type,
    cells.map((cell) => cell.x),
  );
  const rows = edges(
    y.type,
    cells.map((cell) => cell.y),
  );
  const painted = cells.map((cell): Cell => {
    const [x1, x2] = columns.get(cell.x)!;
    const [y1, y2] = rows.get(cell.y)!;
    return { x1, x2, y1, y2, colour: colour(cell.value) };
  });
  const ends = (cut: ReadonlyMap<number, readonly [number, number]>): [number, number] => {
    const all = [...cut.values()].flat();
    return [Math.min(...all), Math.max(...all)];
  };
  const [bottom, top] = ends(rows);
  const height = (share: number) =>
    y.type === "log" ? bottom * (top / bottom) ** share : bottom + share * (top - bottom);
  const shades = high > low ? SHADES : numbers.length > 0 ? 1 : 0;
  const key = [
    ...Array.from({ length: shades }, (_, k) => {
      const value = shades > 1 ? low + ((high - low) * k) / (shades - 1) : low;
      return { text: tickText(Number(value.toPrecision(3))), colour: rampColour(k, SHADES) };
    }),
    ...words.map((word) => ({ text: word, colour: colour(word) })),
  ];
  return paint(
    {
      title: labels.title,
      description: `${labels.value} over the plane of ${labels.x} and ${labels.y}: ${key.map(({ text }) => text).join(", ")}`,
      x: { ...x, ends: ends(columns) },
      y: { ...y, ends: [bottom, top] },
      cells: painted,
      // What the colours mean stands where lines have their names.
      marks: key.map(({ text, colour }, k) =>
        theory([ends(columns)[1]], [height((k + 0.5) / key.length)], { colour, label: `■ ${text}` }),
      ),
    },
    document,
  );
}

function axisFor(label: string, values: readonly number[]): AxisPlan {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low > 0 && high > WIDE * low ? log(label) : linear(label);
}

/** The two ends of the strip of each value: halfway to its neighbours. */
function edges(type: AxisPlan["type"], values: readonly number[]): Map<number, readonly [number, number]> {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const [into, back] = type === "log" ? [Math.log, Math.exp] : [(x: number) => x, (x: number) => x];
  const places = sorted.map(into);
  const step = places.length > 1 ? (places[places.length - 1] - places[0]) / (places.length - 1) : 1;
  return new Map(
    sorted.map((value, k) => {
      const below = k > 0 ? places[k - 1] : places[0] - step;
      const above = k + 1 < places.length ? places[k + 1] : places[k] + step;
      return [value, [back((below + places[k]) / 2), back((places[k] + above) / 2)]];
    }),
  );
}
