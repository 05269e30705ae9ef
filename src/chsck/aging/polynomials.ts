import type { Workspace } from "../../kernels";
import type { Covariance } from "../../models/covariance";

/** out = the polynomial at each of `count` numbers x. */
type Evaluate = (count: number, x: Float64Array, out: Float64Array) => void;

/** Q′, Q″ and Q‴ of a covariance along arrays of a workspace. */
export interface Polynomials {
  readonly first: Evaluate;
  readonly second: Evaluate;
  readonly third: Evaluate;
}

export function polynomialRoom({ firstCoefficients }: Covariance): readonly number[] {
  return [firstCoefficients.length, firstCoefficients.length, firstCoefficients.length];
}

export function createPolynomials(covariance: Covariance, workspace: Workspace): Polynomials {
  const evaluate = (values: Float64Array): Evaluate => {
    const coefficients = workspace.float64(values.length);
    coefficients.set(values);
    return (count, x, out) => workspace.kernels.polynomial(count, values.length - 1, coefficients, x, out);
  };
  const { firstCoefficients: first, secondCoefficients: second } = covariance;
  const third = Float64Array.from({ length: Math.max(1, second.length - 1) }, (_, k) =>
    k + 1 < second.length ? (k + 1) * second[k + 1] : 0,
  );
  return { first: evaluate(first), second: evaluate(second), third: evaluate(third) };
}
