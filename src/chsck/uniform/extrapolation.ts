import type { Estimate } from "../../core/results";

/**
 * What a quantity shows on levels of the grid, coarse to fine, each with half the step of the one before, when its error
 * is c₂h² + c₄h⁴ + …: the value extrapolated to h → 0 and the differences that its error is judged by.
 */
export interface Extrapolated {
  readonly value: number;
  /** Changes of the value, and of the column of the table before it, by the finest level; and by the level before. */
  readonly change: number;
  readonly correction: number;
  readonly correctionBefore: number;
}

/**
 * A clean series loses 1/64 of the error of its sixth order with every level, and 1/16 of that of its fourth; one that is
 * not clean shows a slower loss, and gets an estimate that is true to it.
 */
const CLEAN = { sixth: 1 / 63, fourth: 1 / 16, second: 1 / 4 };
/** Of the leading term of the error; the others, and changes of sign nearby, take their share. */
const SAFETY = 3;
/** What rounding and the settling of rows leave. */
const ROUNDING = 1e-12;

/** Richardson extrapolation from two to four levels (T.11). One level alone is returned as it is. */
export function extrapolate(values: readonly number[]): Extrapolated {
  const finest = values[values.length - 1];
  const none = { change: Number.NaN, correction: Number.NaN, correctionBefore: Number.NaN };
  if (values.length === 1) return { value: finest, ...none };
  const seconds = column(values, 3);
  const [second, secondBefore] = [last(seconds), last(seconds, 1)];
  if (values.length === 2) return { value: second, ...none, correction: second - finest };
  const fourths = column(seconds, 15);
  const fourth = last(fourths);
  if (values.length === 3) {
    const [middle, coarse] = [last(values, 1), last(values, 2)];
    return {
      value: fourth,
      change: fourth - second,
      correction: finest - middle,
      correctionBefore: middle - coarse,
    };
  }
  const fourthBefore = last(fourths, 1);
  return {
    value: fourth,
    change: fourth - fourthBefore,
    correction: fourth - second,
    correctionBefore: fourthBefore - secondBefore,
  };
}

/**
 * The value of the first of some extrapolations at times near each other, and its error: the largest of theirs, since
 * that of one alone passes through 0 where it changes sign. Four levels: the last change of the extrapolated value, times
 * what the next level would leave of it, as the column before it tells. Three: the last correction, in which the h⁴ term
 * was removed. Two: the only one. One: unknown.
 */
export function estimate(levels: number, nearby: readonly Extrapolated[]): Estimate {
  const { value } = nearby[0];
  if (levels === 1) return { value };
  if (Number.isNaN(value)) return { value, error: Number.NaN };
  const largest = (pick: (e: Extrapolated) => number) =>
    nearby.reduce((most, e) => Math.max(most, Math.abs(pick(e)) || 0), 0);
  const correction = largest((e) => e.correction);
  const floor = ROUNDING * Math.max(Math.abs(value), 0.1);
  if (levels === 2) return { value, error: correction + floor };
  const before = largest((e) => e.correctionBefore);
  const left = before > 0 ? Math.min(1, correction / before) : 0;
  const change = largest((e) => e.change);
  if (levels === 3) return { value, error: SAFETY * change * Math.max(1, left / CLEAN.second) ** 2 + floor };
  // Between a clean series, where the next column falls by left^1.5, and one of a single odd power, where it falls by `left`.
  const unclean = Math.min(2, Math.max(0, Math.log2(left / CLEAN.fourth)));
  const remains = Math.max(CLEAN.sixth, left ** (1.5 - unclean / 4));
  return { value, error: SAFETY * change * remains + floor };
}

/** The next column of Romberg's table. */
const column = (values: readonly number[], divisor: number): number[] =>
  values.slice(1).map((fine, k) => fine + (fine - values[k]) / divisor);

const last = (values: readonly number[], back = 0): number => values[values.length - 1 - back];
