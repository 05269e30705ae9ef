import type { OrderFunctions } from "./functions";

/** The order functions by another way, against which what sampling adds to the overlap is measured. */
export interface Reference {
  readonly functions: OrderFunctions;
  /** m at the nodes, and its standard error. */
  readonly overlap: Float64Array;
  readonly standardError: Float64Array;
}

interface Overlaps {
  readonly time: Float64Array;
  readonly series: Readonly<Record<string, Float64Array>>;
  readonly standardError: Readonly<Record<string, Float64Array>>;
}

/** Distances beyond this many combined standard errors are called a bias. */
const NOTABLE = 3;

/**
 * What sampling adds to the overlap, as far as the reference shows it: no spread of runs does, since all have it.
 * @param reference undefined where there is none
 */
export function biasNotes({ time, series, standardError }: Overlaps, reference?: Reference): string[] {
  if (!reference) return ["the bias of sampling is not in the standard errors, and was not measured"];
  let largest = { t: 0, distance: 0, error: 0, ratio: 0 };
  let coarsest = 0;
  for (const [k, t] of time.entries()) {
    const distance = series.overlap[k] - reference.overlap[k];
    const own = standardError.overlap[k];
    // A single run tells nothing of its own error.
    const error = Math.hypot(Number.isFinite(own) ? own : 0, reference.standardError[k]);
    const ratio = error > 0 ? Math.abs(distance) / error : 0;
    if (ratio > largest.ratio) largest = { t, distance, error, ratio };
    coarsest = Math.max(coarsest, error);
  }
  const { t, distance, error, ratio } = largest;
  const found =
    ratio > NOTABLE
      ? `differs most at t = ${t.toPrecision(3)}, by ${distance.toPrecision(2)} ± ${error.toPrecision(1)}: this bias of sampling is not in the standard errors`
      : `agrees, within ${NOTABLE} combined standard errors of at most ${coarsest.toPrecision(1)}: a smaller bias of sampling is not in the standard errors`;
  return [`against interacting particles the overlap ${found}`];
}
