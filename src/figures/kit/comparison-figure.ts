import { type AxisPlan, linear, log } from "../drawing/axis";
import type { Drawing } from "../drawing/drawing";
import { measured, theory as theoryLine } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { type Picture, paint } from "../drawing/picture";
import { probability } from "./table";

/** What is drawn of a quantity that theory and finite system both have; see `Comparison` of the room compare/. */
export interface ComparedCurve {
  readonly quantity: string;
  readonly time: ArrayLike<number>;
  /** t′ of two-time quantities. */
  readonly timePrime?: ArrayLike<number>;
  readonly theory: ArrayLike<number>;
  readonly simulation: ArrayLike<number>;
  readonly standardError: ArrayLike<number>;
  readonly pValue?: number;
  /** The theory where it is drawn: closer than it is compared. Left out, it is drawn where it is compared. */
  readonly line?: TheoryLine;
}

interface TheoryLine {
  readonly time: ArrayLike<number>;
  readonly timePrime?: ArrayLike<number>;
  readonly theory: ArrayLike<number>;
}

/** What stands on the axis of each quantity. */
export type Symbols = Readonly<Record<string, string>>;

/** Times that span more than this factor are drawn on a logarithmic axis. */
const WIDE = 8;

/** For quantities without a symbol of their own. */
const WORDS: Symbols = {
  correlation: "C(t, t′)",
  response: "R(t, t′)",
  loss: "loss per spin",
  excessLoss: "loss above threshold",
  multiplier: "multiplier z",
  overlap: "overlap m",
  matrixLoss: "loss of the matrix per spin",
  tensorLoss: "loss of the tensor per spin",
};

/**
 * Theory (lines) against the finite system (dots with bars of one standard error): one small drawing for each
 * quantity, with the p-value of its curve in the title. Two-time quantities are drawn against t − t′, one colour
 * for each t′. Values that are not finite are left out.
 */
export function comparisonPicture(
  quantities: readonly ComparedCurve[],
  title: string,
  symbols: Symbols = {},
): Picture {
  const names = quantities.map(({ quantity }) => quantity).join(", ");
  return {
    title,
    description: `${title}: theory against the finite system for ${names}`,
    drawings: quantities.map((one) => drawingOf(one, { ...WORDS, ...symbols })),
    columns: quantities.length === 1 ? 1 : 2,
  };
}

/** {@link comparisonPicture} as the text of an svg element, for a whole comparison. */
export function comparisonFigure(
  { quantities }: { readonly quantities: readonly ComparedCurve[] },
  title: string,
  document: Document,
  symbols?: Symbols,
): string {
  const hasPairs = quantities.some(({ timePrime }) => timePrime !== undefined);
  const key = `Lines${hasPairs ? ", and circles for single pairs" : ""}: theory. Dots: finite system, bars of one standard error.`;
  return paint({ ...comparisonPicture(quantities, title, symbols), key }, document);
}

function drawingOf(curve: ComparedCurve, symbols: Symbols): Drawing {
  const { quantity, time, timePrime, theory, simulation, standardError, pValue } = curve;
  const { line = { time, timePrime, theory } } = curve;
  const groups = timePrime ? [...new Set(Array.from(timePrime))].sort((a, b) => a - b) : [undefined];
  const p = pValue === undefined ? "" : `, p-value ${probability(pValue)}`;
  const parts = groups.map((tPrime, g) => ({
    colour: colourOf(g),
    label: tPrime === undefined ? undefined : `t′ = ${tPrime}`,
    drawn: pointsOf(line, line.theory, tPrime),
    seen: pointsOf(curve, simulation, tPrime).filter(({ k }) => Number.isFinite(theory[k])),
  }));
  return {
    title: `${wordsOf(quantity)}${p}`,
    x: timeAxis(
      timePrime ? "t − t′" : "time t",
      parts.flatMap(({ seen }) => seen.map(({ x }) => x)),
    ),
    // A component, e.g. overlap[0,1], has the symbol of the whole before its index.
    y: linear(quantity.replace(/^[^[]*/, (name) => symbols[name] ?? name)),
    marks: parts.flatMap(({ colour, label, drawn, seen }) => {
      const [x, y] = [drawn.map((point) => point.x), drawn.map((point) => point.y)];
      return [
        // A single time makes no line.
        x.length === 1 ? measured(x, y, { colour, hollow: true }) : theoryLine(x, y, { colour, label }),
        measured(
          seen.map((point) => point.x),
          seen.map((point) => point.y),
          { colour, standardError: seen.map(({ k }) => standardError[k]) },
        ),
      ];
    }),
  };
}

/** The finite values of one t′, by t or t − t′. */
function pointsOf(
  { time, timePrime }: Pick<ComparedCurve, "time" | "timePrime">,
  values: ArrayLike<number>,
  tPrime: number | undefined,
) {
  return Array.from(time, (t, k) => ({ k, x: t - (tPrime ?? 0), y: values[k] }))
    .filter(({ k, y }) => (tPrime === undefined || timePrime![k] === tPrime) && Number.isFinite(y))
    .sort((a, b) => a.x - b.x);
}

/** matrixLoss as it is read: matrix loss. */
export const wordsOf = (quantity: string) =>
  quantity.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function timeAxis(label: string, times: readonly number[]): AxisPlan {
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return first > 0 && last > WIDE * first ? log(label) : linear(label);
}
