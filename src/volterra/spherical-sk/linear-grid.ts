import type { Pacer } from "../../core/options";
import type { LinearKernel } from "./linear-kernel";

/** The grid: equal steps in the clock, one of its nodes at the kink of the schedule. */
export interface LinearGrid {
  readonly step: number;
  readonly count: number;
  /** Number of the node at the kink; 0 where there is none. */
  readonly kink: number;
}

/** T_eff on both sides of every node; they differ where the rate jumps. */
export interface NodeHeat {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** g and Σ w g y (λ1 − μ) at nodes of one distance. */
export interface LinearValues {
  readonly g: Float64Array;
  readonly below: Float64Array;
}

/**
 * The linear equation g(s) = K(s) + 2∫₀ˢ T_eff(u) g(u) K(s − u) du (docs/equations.md, S16) by the trapezoid rule on equal
 * steps h of the clock. The errors are c₂h² + c₄h⁴ + …, kinks on nodes included.
 * @param every the nodes at which the values are wanted are those divisible by it
 */
export async function solveLinear(
  { kernel, below }: LinearKernel,
  h: number,
  heat: NodeHeat,
  every: number,
  pacer: Pacer,
): Promise<LinearValues> {
  const count = heat.left.length;
  const K = Float64Array.from({ length: count }, (_, i) => kernel(i * h));
  const B = Float64Array.from({ length: count }, (_, i) => below(i * h));
  const g = new Float64Array(count);
  /** h·T_eff·g with the weights of inner nodes. */
  const source = new Float64Array(count);
  const kept = {
    g: new Float64Array(Math.ceil(count / every)),
    below: new Float64Array(Math.ceil(count / every)),
  };
  for (let i = 0; i < count; i++) {
    let sum = K[i];
    for (let j = 0; j < i; j++) sum += source[j] * K[i - j];
    // The last node carries half a weight, and K(0) = 1.
    g[i] = i === 0 ? 1 : sum / (1 - h * heat.left[i]);
    if (i % every === 0) {
      let distance = B[i];
      for (let j = 0; j < i; j++) distance += source[j] * B[i - j];
      kept.g[i / every] = g[i];
      kept.below[i / every] = distance + (i === 0 ? 0 : h * heat.left[i] * g[i] * B[0]);
    }
    source[i] = h * g[i] * (i === 0 ? heat.right[0] : heat.left[i] + heat.right[i]);
    if (pacer.due()) await pacer.pause(i / count);
  }
  return kept;
}
