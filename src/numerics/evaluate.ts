import { ConvergenceError } from "../core/errors";

/** f at x. @throws ConvergenceError when it is NaN there: a search that goes on would return nonsense. */
export function evaluate(f: (x: number) => number, x: number): number {
  const value = f(x);
  if (Number.isNaN(value)) {
    throw new ConvergenceError(`the function is not a number at ${x}.`, {
      reached: x,
      advice: "Give an interval on which it is defined.",
    });
  }
  return value;
}
