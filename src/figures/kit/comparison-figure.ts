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
  return paint(comparisonPicture(quantities, title, symbols), document);
}

function drawingOf(curve: ComparedCurve, symbols: Symbols): Drawing {
  const { quantity, timePrime, theory, simulation, standardError, pValue } = curve;
  const x = Array.from(curve.time, (t, k) => (timePrime ? t - timePrime[k] : t));
  const shown = [...x.keys()]
    .filter((k) => Number.isFinite(theory[k]) && Number.isFinite(simulation[k]))
    .sort((i, j) => x[i] - x[j]);
  const groups = timePrime ? [...new Set(Array.from(timePrime))].sort((a, b) => a - b) : [undefined];
  const p = pValue === undefined ? "" : `   p ${probability(pValue).replace(/^(?!<)/, "= ")}`;
  return {
    title: `${wordsOf(quantity)}${p}`,
    x: timeAxis(
      timePrime ? "t − t′" : "time t",
      shown.map((k) => x[k]),
    ),
    // A component, e.g. overlap[0,1], has the symbol of the whole before its index.
    y: linear(quantity.replace(/^[^[]*/, (name) => symbols[name] ?? name)),
    marks: groups.flatMap((tPrime, g) => {
      const members = shown.filter((k) => tPrime === undefined || timePrime![k] === tPrime);
      const pick = (values: ArrayLike<number>) => members.map((k) => values[k]);
      const [at, colour] = [pick(x), colourOf(g)];
      const label = tPrime === undefined ? undefined : `t′ = ${tPrime}`;
      return [
        // A single time makes no line.
        members.length === 1
          ? measured(at, pick(theory), { colour, hollow: true })
          : theoryLine(at, pick(theory), { colour, label }),
        measured(at, pick(simulation), { colour, standardError: pick(standardError) }),
      ];
    }),
  };
}

/** matrixLoss as it is read: matrix loss. */
const wordsOf = (quantity: string) => quantity.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function timeAxis(label: string, times: readonly number[]): AxisPlan {
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return first > 0 && last > WIDE * first ? log(label) : linear(label);
}
