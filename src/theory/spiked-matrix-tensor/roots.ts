import { brentMinimum } from "../../numerics/minimum";
import { findRoot } from "../../numerics/roots";

const ACCURACY = { tolerance: 1e-15 };

/** A zero of a function, and whether the function falls through it. */
export interface Crossing {
  readonly x: number;
  readonly falling: boolean;
}

/**
 * All zeros of `f` on [low, high], ascending. The scan is finer towards both ends, where branches start and end;
 * between nodes of equal sign that approach zero it looks for the extremum, so that a pair of zeros about to merge
 * is found too. Zeros that only touch, without a change of sign to rounding, are left out.
 *
 * @throws ConvergenceError if f is NaN somewhere.
 */
export function allCrossings(
  f: (x: number) => number,
  low: number,
  high: number,
  cells = 1024,
): readonly Crossing[] {
  const nodes = Array.from(
    { length: cells + 1 },
    (_, k) => low + (high - low) * Math.sin((Math.PI * k) / (2 * cells)) ** 2,
  );
  const values = nodes.map(f);
  const crossings: Crossing[] = [];
  const cross = (left: number, right: number, falling: boolean) =>
    void crossings.push({ x: findRoot(f, left, right, ACCURACY), falling });
  for (let k = 1; k <= cells; k++) {
    const above = values[k - 1] > 0;
    if (values[k] > 0 !== above) {
      cross(nodes[k - 1], nodes[k], above);
    } else if (k < cells && values[k + 1] > 0 === above && isNearest(values, k)) {
      const sign = above ? 1 : -1;
      const { x, value } = brentMinimum((at) => sign * f(at), nodes[k - 1], nodes[k + 1]);
      if (value < 0) {
        cross(nodes[k - 1], x, above);
        cross(x, nodes[k + 1], !above);
      }
    }
  }
  return crossings;
}

function isNearest(values: readonly number[], k: number): boolean {
  const size = Math.abs(values[k]);
  return size > 0 && size <= Math.abs(values[k - 1]) && size <= Math.abs(values[k + 1]);
}
