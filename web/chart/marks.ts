import { bandOf, colourOf, type Mark, measured, rampColour, theory } from "../../src/figures/drawing";
import type { FinitePart, PairCurves, Setting, TheoryPart } from "../compute/messages";
import { CORRELATION, type View } from "./view";

/** What is known of one of the settings that are compared. */
export interface Shown {
  readonly setting: Setting;
  /** What tells it from the others, in words. */
  readonly label: string;
  readonly colour: string;
  readonly theory?: TheoryPart;
  readonly finite?: FinitePart;
}

/** A curve before it is drawn: what hovering reads. */
export interface Curve {
  readonly kind: "theory" | "finite";
  /** Which component or t′, e.g. "[0]" or "t′ = 3"; empty where there is one. */
  readonly part: string;
  readonly shown: Shown;
  readonly colour: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly error?: readonly number[];
  /** Whether errors are standard errors: those of theory are drawn as a band. */
  readonly isMean?: boolean;
}

/** Of a quantity with many components the first. */
const MOST_PARTS = 8;

/** All curves of a quantity that is of one time. */
export function timeCurves(shown: Shown, quantity: string, view: View, alone: boolean): Curve[] {
  const { theory: solved, finite } = shown;
  const of = (kind: Curve["kind"], source: Series | undefined): Curve[] => {
    const names = Object.keys(source?.series ?? {}).filter((name) => partOf(name, quantity) !== undefined);
    return names.slice(0, MOST_PARTS).map((name, k) => {
      const errors = source!.standardError?.[name] ?? source!.error?.[name];
      return points(source!.time, source!.series[name], errors, view, {
        kind,
        part: partOf(name, quantity)!,
        shown,
        isMean: source!.standardError?.[name] !== undefined,
        colour: alone && names.length > 1 ? rampColour(k, Math.min(MOST_PARTS, names.length)) : shown.colour,
      });
    });
  };
  return [...of("theory", solved?.drawn), ...of("finite", finite)];
}

interface Series {
  readonly time: ArrayLike<number>;
  readonly series: Readonly<Record<string, ArrayLike<number>>>;
  readonly error?: Readonly<Record<string, ArrayLike<number>>>;
  readonly standardError?: Readonly<Record<string, ArrayLike<number>>>;
}

/** "" for the quantity itself, "[0]" for a component; undefined for another quantity. */
const partOf = (name: string, quantity: string): string | undefined =>
  name === quantity ? "" : name.startsWith(`${quantity}[`) ? name.slice(quantity.length) : undefined;

/** All curves of a function of two times: one for each t′. */
export function pairCurves(shown: Shown, quantity: string, view: View, alone: boolean): Curve[] {
  const of = (kind: Curve["kind"], source: PairCurves | undefined): Curve[] => {
    const values = source?.series[quantity];
    const correlation = source?.series[CORRELATION];
    if (!source || !values || (view.against === "correlation" && !correlation)) return [];
    const waiting = [...new Set(source.pairs.map(([, tPrime]) => tPrime))];
    return waiting.map((tPrime, k) => {
      const places = source.pairs.flatMap(([, other], at) => (other === tPrime ? [at] : []));
      const errors = source.standardError?.[quantity] ?? source.error?.[quantity];
      return points(
        places.map((at) => {
          const t = source.pairs[at][0];
          if (view.against === "correlation") return correlation![at];
          return view.against === "ratio" ? tPrime / t : t - tPrime;
        }),
        places.map((at) => values[at]),
        errors && places.map((at) => errors[at]),
        view,
        {
          kind,
          part: `t′ = ${tPrime}`,
          shown,
          colour: alone ? rampColour(k, waiting.length) : shown.colour,
        },
      );
    });
  };
  return [...of("theory", shown.theory?.pairs), ...of("finite", shown.finite?.twoTime)];
}

/** A curve without the points that have no place on the axes. */
function points(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  error: ArrayLike<number> | undefined,
  view: View,
  rest: Omit<Curve, "x" | "y" | "error">,
): Curve {
  const visible = Array.from(x, (_, k) => k)
    .filter(
      (k) => Number.isFinite(y[k]) && (view.x === "linear" || x[k] > 0) && (view.y === "linear" || y[k] > 0),
    )
    .sort((a, b) => x[a] - x[b]);
  const some = (values: ArrayLike<number>) => visible.map((k) => values[k]);
  return { ...rest, x: some(x), y: some(y), ...(error && { error: some(error) }) };
}

/** At most so many dots along the axis: more would hide the line. */
const MOST_DOTS = 24;

/** What is drawn of the curves. @param named whether lines carry the name of their part at the end */
export function marksOf(curves: readonly Curve[], view: View): Mark[] {
  const several = new Set(curves.map(({ part }) => part)).size > 1;
  return curves.flatMap((curve): Mark[] => {
    const { kind, x, y, colour, part, error, isMean } = curve;
    if (kind === "theory") {
      const line = theory(x, y, { colour, ...(several && { label: part }) });
      return isMean && error?.some((one) => one > 0) ? [...bandMarks(curve, error, view), line] : [line];
    }
    const kept = thinned(x, view);
    const some = (values: readonly number[]) => kept.map((k) => values[k]);
    // On a logarithmic axis a bar that reaches 0 would have no end.
    const bars = error && kept.map((k) => (Number.isFinite(error[k]) ? clipped(error[k], y[k], view) : 0));
    return [measured(some(x), some(y), { colour, ...(bars && { standardError: bars }) })];
  });
}

/** One standard error on either side of a mean. */
function bandMarks({ x, y, colour }: Curve, error: readonly number[], view: View): Mark[] {
  const bars = error.map((one, k) => (Number.isFinite(one) ? clipped(one, y[k], view) : 0));
  return bandOf(1).marks(x, y, bars, colour);
}

const clipped = (error: number, y: number, { y: scale }: View) =>
  scale === "log" ? Math.min(error, 0.99 * y) : error;

function thinned(x: readonly number[], { x: scale }: View): number[] {
  if (x.length === 0) return [];
  const place = (value: number) => (scale === "log" ? Math.log(value) : value);
  const gap = (place(x[x.length - 1]) - place(x[0])) / MOST_DOTS;
  let last = -Infinity;
  return x.flatMap((value, k) => {
    if (place(value) - last < gap * (1 - 1e-9)) return [];
    last = place(value);
    return [k];
  });
}

export const settingColour = (k: number) => colourOf(k);
