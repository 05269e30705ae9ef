import { linear, tickText } from "../drawing/axis";
import { measured } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { paint } from "../drawing/picture";

/** What a search has looked at. */
export interface Searched {
  /** What was to be least. */
  readonly goal: string;
  /** Its value at each place; where there is none it is not a number. */
  readonly values: readonly number[];
  /** By parameter: where the places are, and the best. */
  readonly parameters: readonly {
    readonly name: string;
    readonly at: readonly number[];
    readonly best?: number;
  }[];
}

/** What came of each place of a search, against each of its parameters, with the best. */
export function searchFigure(
  { goal, values, parameters }: Searched,
  title: string,
  document: Document,
): string {
  const there = [...values.keys()].filter((k) => Number.isFinite(values[k]));
  return paint(
    {
      title,
      description: `${title}: ${goal} against ${parameters.map(({ name }) => name).join(", ")}`,
      drawings: parameters.map(({ name, at, best }) => ({
        title: best === undefined ? name : `${name}, best ${tickText(Number(best.toPrecision(4)))}`,
        x: linear(name),
        y: linear(goal),
        marks: [
          measured(
            there.map((k) => at[k]),
            there.map((k) => values[k]),
            { colour: colourOf(0) },
          ),
        ],
        moments: best === undefined ? [] : [{ value: best, label: "" }],
      })),
      columns: parameters.length === 1 ? 1 : 2,
      ...(parameters.length === 1 && { rowHeight: 400 }),
    },
    document,
  );
}
