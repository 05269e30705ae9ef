import { ConvergenceError } from "../../core/errors";

/** Relative to the diagonal of M_C, and to its largest entry, where that has all but died out. */
const JITTER = 1e-6;
const LEAST_JITTER = 1e-12;

/**
 * What is added to an entry of the diagonal of M_C before it is factored: rounding and sampling take from its positive
 * definiteness; the effect on the solution is below a thousandth of it.
 * @param largest of the diagonal
 */
export const jitterOf = (entry: number, largest: number): number =>
  JITTER * entry + LEAST_JITTER * largest + 1e-300;

export function indefinite(t: number): ConvergenceError {
  return new ConvergenceError(
    `The kernel of the noise is not positive definite at t = ${t.toPrecision(6)}.`,
    {
      reached: t,
      advice: "Take more trajectories or a shorter time.",
    },
  );
}
