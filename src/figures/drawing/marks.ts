/** What a drawing shows of a curve. */
export type Mark = Line | Dots;

/** A curve drawn through. */
export interface Line {
  readonly kind: "line";
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly colour: string;
  readonly dashed?: boolean;
  /** Written at the right edge, at the height where the line ends, or in the legend. */
  readonly label?: string;
}

/** Single values, with a bar of one standard error on either side where it is known. */
export interface Dots {
  readonly kind: "dots";
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly standardError?: ArrayLike<number>;
  readonly colour: string;
  /** Drawn as rings. */
  readonly hollow?: boolean;
  /** For the legend. */
  readonly label?: string;
}

type Style<M extends Mark> = Omit<M, "kind" | "x" | "y">;

/** A theory curve: a line. */
export const theory = (x: ArrayLike<number>, y: ArrayLike<number>, style: Style<Line>): Line => ({
  kind: "line",
  x,
  y,
  ...style,
});

/** Measured values: dots with bars. @param every which of them are drawn: the first and every so-and-so-many-th */
export function measured(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { every = 1, standardError, ...style }: Style<Dots> & { readonly every?: number },
): Dots {
  const some = (values: ArrayLike<number>) => Array.from(values).filter((_, k) => k % every === 0);
  return {
    kind: "dots",
    x: some(x),
    y: some(y),
    ...(standardError && { standardError: some(standardError) }),
    ...style,
  };
}

const COUNTS = ["no", "one", "two", "three", "four", "five"];

/**
 * A band of some standard errors on either side of a curve: its two dashed lines, and what a caption says of them. Both
 * come from here, so that the one is true of the other.
 */
export function bandOf(errors: number) {
  return {
    text: `dashed ${COUNTS[errors] ?? errors} standard error${errors === 1 ? "" : "s"} above and below`,
    marks: (x: ArrayLike<number>, y: ArrayLike<number>, standardError: ArrayLike<number>, colour: string) =>
      [-errors, errors].map((shift) =>
        theory(
          x,
          Array.from(y, (value, k) => value + shift * standardError[k]),
          { colour, dashed: true },
        ),
      ),
  };
}

/** The mark without the points that lie outside of a range of x. */
export function cut<M extends Mark>(mark: M, [low, high]: readonly [number, number]): M {
  const slack = 1e-9 * Math.abs(high - low);
  const inside = Array.from(mark.x, (value) => value >= low - slack && value <= high + slack);
  const part = (values: ArrayLike<number>) => Array.from(values).filter((_, k) => inside[k]);
  const { standardError } = mark as Dots;
  return {
    ...mark,
    x: part(mark.x),
    y: part(mark.y),
    ...(standardError && { standardError: part(standardError) }),
  };
}

/** The values a mark needs room for on the y axis: its own, and the ends of its bars. */
export function extentOf(mark: Mark): number[] {
  const values = Array.from(mark.y);
  if (mark.kind === "line" || !mark.standardError) return values;
  const { standardError } = mark;
  return values.flatMap((value, k) => [value - standardError[k], value + standardError[k]]);
}
