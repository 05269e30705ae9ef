/**
 * What a quantity shows on three levels of the grid, coarse to fine, each with half the step of the one before, when its error
 * is c₂h² + c₄h⁴ + …: the value extrapolated to h → 0 and what its error is judged by; `four` with a level before them.
 */
export interface Extrapolated {
  readonly value: number;
  readonly three: Differences;
  readonly four?: Differences;
}

/** Changes of the value, and of the column of the table before it, by the finest level; and by the level before. */
export interface Differences {
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

/** Richardson extrapolation (T.11) from the values of steps h, h/2, h/4 and, where it is known, of 2h. */
export function extrapolate(coarse: number, middle: number, fine: number, coarsest?: number): Extrapolated {
  const [secondBefore, second] = [next(coarse, middle, 3), next(middle, fine, 3)];
  const value = next(secondBefore, second, 15);
  const three = { change: value - second, correction: fine - middle, correctionBefore: middle - coarse };
  if (coarsest === undefined) return { value, three };
  const valueBefore = next(next(coarsest, coarse, 3), secondBefore, 15);
  const four = {
    change: value - valueBefore,
    correction: value - second,
    correctionBefore: valueBefore - secondBefore,
  };
  return { value, three, four };
}

/** The next column of Romberg's table. */
const next = (before: number, now: number, divisor: number): number => now + (now - before) / divisor;

/** What the extrapolation adds to the value of the finest level. */
export const correctionOf = (coarse: number, middle: number, fine: number): number =>
  (coarse - 20 * middle + 19 * fine) / 45;

/** Judges the error of an extrapolation by what it and others near it show, seen one after the other. */
export interface Judge {
  /** The values of steps h, h/2, h/4 and, where it is known, of 2h. */
  see(coarse: number, middle: number, fine: number, coarsest?: number): void;
  error(): number;
}

/**
 * The error of some extrapolations near each other, from the largest differences that they show, since those of one alone pass
 * through 0 where they change sign. Three levels: the last change of the value, in which the h⁴ term was removed. Four: the
 * same, or what the next level would leave of the last change as the column before it tells, whichever is less: where the
 * coarsest level is too coarse to tell, the others do. It is asked for by the thousand, and makes no list of what it sees.
 */
export function createJudge(): Judge {
  const [three, four] = [createLargest(), createLargest()];
  let hasFour = false;
  return {
    see(coarse, middle, fine, coarsest) {
      const [secondBefore, second] = [next(coarse, middle, 3), next(middle, fine, 3)];
      const value = next(secondBefore, second, 15);
      three.raise(value - second, fine - middle, middle - coarse);
      if (coarsest === undefined) return;
      hasFour = true;
      const valueBefore = next(next(coarsest, coarse, 3), secondBefore, 15);
      four.raise(value - valueBefore, value - second, valueBefore - secondBefore);
    },
    error: () => errorOfLargest(three.differences, hasFour ? four.differences : undefined),
  };
}

/** The largest differences so far; what is not finite tells nothing. */
function createLargest() {
  const differences = { change: 0, correction: 0, correctionBefore: 0 };
  const larger = (most: number, difference: number) => Math.max(most, Math.abs(difference) || 0);
  return {
    differences,
    raise(change: number, correction: number, correctionBefore: number) {
      differences.change = larger(differences.change, change);
      differences.correction = larger(differences.correction, correction);
      differences.correctionBefore = larger(differences.correctionBefore, correctionBefore);
    },
  };
}

/** What a {@link Judge} says of the largest differences nearby of three levels and, where there are any, of four. */
export function errorOfLargest(three: Differences, four?: Differences): number {
  const ofThree = errorOfThree(three);
  return four ? Math.min(ofThree, errorOfFour(four)) : ofThree;
}

function errorOfThree({ change, correction, correctionBefore }: Differences): number {
  return SAFETY * change * Math.max(1, left(correction, correctionBefore) / CLEAN.second) ** 2;
}

function errorOfFour({ change, correction, correctionBefore }: Differences): number {
  const remaining = left(correction, correctionBefore);
  // Between a clean series, where the next column falls by its 1.5th power, and one of a single odd power, where by itself.
  const unclean = Math.min(2, Math.max(0, Math.log2(remaining / CLEAN.fourth)));
  return SAFETY * change * Math.max(CLEAN.sixth, remaining ** (1.5 - unclean / 4));
}

/** What a level leaves of the correction of the one before. */
const left = (correction: number, before: number): number =>
  before > 0 ? Math.min(1, correction / before) : 0;
