import { InvalidParameterError } from "../../core/errors";
import type { KernelName } from "../process/solution";

/**
 * The pairs of steps at which two-time functions are taken: between steps they are interpolated, so that a pair of times
 * wants up to four. Plain data.
 */
export interface PairPlan {
  /** The two-time functions that are wanted; none without pairs. */
  readonly names: readonly KernelName[];
  /** Steps that are a t or a t′, ascending. */
  readonly steps: readonly number[];
  /** By the place of t in `steps`: the places of the t′ ≤ t, ascending. */
  readonly partners: readonly (readonly number[])[];
  /** Places in `steps` that are a t′, ascending. */
  readonly columns: readonly number[];
  /** Whether these are all pairs of steps. */
  readonly isWhole: boolean;
}

/** Times so near to a step are the step. */
const SAME = 1e-9;
const UNTIL = 1e-12;

/** The steps around a time, one or two. */
export function stepsAround(t: number, learningRate: number): readonly number[] {
  const x = t / learningRate;
  const nearest = Math.round(x);
  return Math.abs(x - nearest) < SAME * Math.max(1, x) ? [nearest] : [Math.floor(x), Math.floor(x) + 1];
}

/** Pairs of times, or all pairs of steps. */
export type Pairs = readonly (readonly [number, number])[] | "all";

/** @throws InvalidParameterError for pairs that are none, or beyond the end. */
export function planPairs(
  pairs: Pairs,
  names: readonly KernelName[],
  learningRate: number,
  last: number,
): PairPlan {
  if (pairs === "all") {
    const steps = Array.from({ length: last + 1 }, (_, k) => k);
    return { names, steps, partners: steps.map((k) => steps.slice(0, k + 1)), columns: steps, isWhole: true };
  }
  const wanted = new Map<number, Set<number>>();
  const until = last * learningRate * (1 + UNTIL);
  for (const [k, [t, tPrime]] of pairs.entries()) {
    if (!(tPrime >= 0 && tPrime <= t && t <= until)) {
      const allowed = `[t, t'] with t' from 0 to t and t up to ${last * learningRate}`;
      throw new InvalidParameterError(`method.pairs[${k}]`, [t, tPrime], allowed);
    }
    for (const row of stepsAround(t, learningRate)) {
      for (const column of stepsAround(tPrime, learningRate)) {
        if (column > row || row > last) continue;
        wanted.set(row, (wanted.get(row) ?? new Set()).add(column));
        if (!wanted.has(column)) wanted.set(column, new Set());
      }
    }
  }
  const steps = [...wanted.keys()].sort((a, b) => a - b);
  const place = new Map(steps.map((step, index) => [step, index]));
  const partners = steps.map((step) =>
    [...wanted.get(step)!].map((j) => place.get(j)!).sort((a, b) => a - b),
  );
  const columns = [...new Set(partners.flat())].sort((a, b) => a - b);
  return { names: steps.length > 0 ? names : [], steps, partners, columns, isWhole: false };
}
