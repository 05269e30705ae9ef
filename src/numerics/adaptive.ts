import { gaussLegendre } from "./gauss-legendre";

/** A cell is halved at most so often. */
const DEEPEST = 60;

/**
 * ∫ f over consecutive cells by ten Gauss points, halving a cell until both halves together agree with it to `tolerance` of the
 * integral of |f|; integrable singularities at an edge are allowed.
 * @param edges ascending ends of the cells, at least two
 * @returns the integral, and the sum of what the last halvings changed, which is far above the error of a smooth f
 */
export function adaptiveIntegral(
  f: (x: number) => number,
  edges: readonly number[],
  tolerance: number,
): { readonly value: number; readonly error: number } {
  const on = (a: number, b: number): number => {
    const { points, weights } = gaussLegendre([a, b]);
    let sum = 0;
    for (let k = 0; k < points.length; k++) sum += weights[k] * f(points[k]);
    return sum;
  };
  const whole = edges.slice(1).map((to, k) => on(edges[k], to));
  const size = whole.reduce((sum, part) => sum + Math.abs(part), 0);
  let value = 0;
  let error = 0;

  function refine(a: number, b: number, guess: number, depth: number): void {
    const middle = (a + b) / 2;
    const [left, right] = [on(a, middle), on(middle, b)];
    const change = Math.abs(left + right - guess);
    if (change <= tolerance * size || depth === DEEPEST || !(a < middle && middle < b)) {
      value += left + right;
      error += change;
      return;
    }
    refine(a, middle, left, depth + 1);
    refine(middle, b, right, depth + 1);
  }
  for (const [k, guess] of whole.entries()) refine(edges[k], edges[k + 1], guess, 0);
  return { value, error };
}
