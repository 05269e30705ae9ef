import type { Comparison, QuantityComparison } from "../../compare";
import { arrange } from "../drawing/arrangement";
import { type Axis, linearAxis, logAxis } from "../drawing/axis";
import type { Drawing, Line } from "../drawing/drawing";
import { colourOf } from "../drawing/palette";

/** Times that span more than this factor are drawn on a logarithmic axis. */
const WIDE = 8;
/** Smaller p-values are beyond what a bootstrap of 10⁴ resamples tells. */
const LEAST = 1e-3;

/**
 * Theory (lines) against the finite system (dots with bars of one standard error): one small panel for each
 * quantity, with the p-value of its curve in the title. Two-time quantities are drawn against t − t', one colour
 * for each t'. Values that are not finite are left out.
 * @returns an svg element as text
 */
export function comparisonFigure(comparison: Comparison, title: string, document: Document): string {
  const { quantities } = comparison;
  const names = quantities.map(({ quantity }) => quantity).join(", ");
  return arrange(
    quantities.map(panel),
    {
      columns: quantities.length === 1 ? 1 : 2,
      rowHeight: quantities.length === 1 ? 400 : 250,
      title,
      description: `${title}: theory against the finite system for ${names}`,
    },
    document,
  );
}

function panel(comparison: QuantityComparison): Drawing {
  const { quantity, time, timePrime, theory, simulation, standardError, pValue } = comparison;
  const x = timePrime ? time.map((t, k) => t - timePrime[k]) : time;
  const groups = timePrime ? [...new Set(timePrime)].sort((a, b) => a - b) : [undefined];
  const members = groups.map((tPrime) =>
    Array.from(x.keys())
      .filter((k) => Number.isFinite(theory[k]) && Number.isFinite(simulation[k]))
      .filter((k) => tPrime === undefined || timePrime![k] === tPrime)
      .sort((i, j) => x[i] - x[j]),
  );
  const all = members.flat();
  const bars = all.flatMap((k) => [simulation[k] - standardError[k], simulation[k] + standardError[k]]);
  const pick = (values: Float64Array, indices: readonly number[]) => indices.map((k) => values[k]);
  return {
    description: quantity,
    title:
      pValue === undefined ? quantity : `${quantity}   p ${pValue < LEAST ? "" : "= "}${probability(pValue)}`,
    x: timeAxis(timePrime ? "t − t′" : "time t", pick(x, all)),
    y: linearAxis(unit(quantity), [...pick(theory, all), ...bars.filter(Number.isFinite)]),
    lines: members.map(
      (indices, g): Line => ({
        x: pick(x, indices),
        y: pick(theory, indices),
        colour: colourOf(g),
        ...(groups[g] !== undefined && { label: `t′ = ${groups[g]}` }),
      }),
    ),
    dots: members.map((indices, g) => ({
      x: pick(x, indices),
      y: pick(simulation, indices),
      standardError: pick(standardError, indices),
      colour: colourOf(g),
    })),
  };
}

function timeAxis(label: string, times: readonly number[]): Axis {
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return first > 0 && last > WIDE * first ? logAxis(label, times) : linearAxis(label, times);
}

const UNITS: Readonly<Record<string, string>> = {
  correlation: "C(t, t′)",
  response: "R(t, t′)",
  loss: "loss per spin",
  excessLoss: "loss above threshold",
  multiplier: "multiplier z",
  overlap: "overlap m",
  matrixLoss: "loss of the matrix per spin",
  tensorLoss: "loss of the tensor per spin",
};

const unit = (quantity: string) => UNITS[quantity] ?? quantity;

/** A p-value in print: two digits, and no more than the bootstrap can tell. */
export function probability(pValue: number): string {
  return pValue < LEAST ? `< ${LEAST}` : pValue.toPrecision(2);
}
