import type { Workspace } from "../../kernels";
import type { Polynomials } from "./polynomials";
import type { Stencils } from "./stencils";

/** At the nodes of a panel along the row: Q′, Q″ and Q‴ of C with the weights of integrals over them, but for their lengths. */
export interface NodeFactors {
  readonly correlation: Float64Array;
  readonly response: Float64Array;
  /** w Q″R and w Q′, the factors of C and R; one after the other in `both`. */
  readonly kernel: Float64Array;
  readonly source: Float64Array;
  readonly both: Float64Array;
  /** w Q″ and w Q‴R: derivatives of `source` and of `kernel` by C, the first also of `kernel` by R. */
  readonly second: Float64Array;
  readonly third: Float64Array;
  /** The row as pairs (C, ρ). */
  readonly crowded: Float64Array;
  /** Takes a panel's pairs (C, R). */
  load(pairs: Float64Array): void;
}

export const nodeFactorRoom = (size: number): readonly number[] => [
  ...Array<number>(6).fill(size),
  ...Array<number>(2).fill(2 * size),
];

export function createNodeFactors(
  { grid, nodes }: Stencils,
  polynomials: Polynomials,
  workspace: Workspace,
): NodeFactors {
  const { size, density } = grid;
  const { weight } = nodes;
  const [correlation, response, kernel, source, second, third, both, crowded] = nodeFactorRoom(size).map(
    (length) => workspace.float64(length),
  );
  return {
    correlation,
    response,
    kernel,
    source,
    both,
    second,
    third,
    crowded,
    load(pairs) {
      for (let k = 0; k < size; k++) {
        correlation[k] = pairs[2 * k];
        response[k] = pairs[2 * k + 1];
        crowded[2 * k] = correlation[k];
        crowded[2 * k + 1] = response[k] * density[k];
      }
      polynomials.first(size, correlation, source);
      polynomials.second(size, correlation, second);
      polynomials.third(size, correlation, third);
      for (let k = 0; k < size; k++) {
        source[k] *= weight[k];
        second[k] *= weight[k];
        third[k] *= weight[k] * response[k];
        kernel[k] = second[k] * response[k];
        both[2 * k] = kernel[k];
        both[2 * k + 1] = source[k];
      }
    },
  };
}
