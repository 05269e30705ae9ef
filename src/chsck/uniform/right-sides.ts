import { plantingOf } from "../../models/planted-start";
import type { TwoTimeProblem } from "../problem";
import type { Rates } from "./grid";
import type { History } from "./history";
import type { Memory } from "./memory";
import { ofLatest, type RowVectors } from "./vectors";

/**
 * The right-hand sides dC/dy, dR/dy and dm/dy of the row being solved, but for the decay −z and the end point u = t of the
 * memory, which multiply the unknown itself and are implicit; those of C and R stand in the row's vectors.
 */
export interface RightSides {
  /** Of row i, from its memory integrals, its R, its overlap and Q′, Q″ along it; dy of the step that ends or begins there. */
  evaluate(i: number, rates: Rates): void;
  /** Of the overlap. */
  readonly overlap: number;
}

export function createRightSides(
  problem: TwoTimeProblem,
  history: History,
  vectors: RowVectors,
  memory: Memory,
): RightSides {
  const { covariance } = problem;
  const planting = plantingOf(problem);
  const strength = planting?.strength ?? 0;
  const { overlap, workspace } = history;
  const { row, first, second, starting, ending, rightSides } = vectors;
  const { kernels } = workspace;
  const { integrals } = memory;
  const { kernel } = memory.coefficients;
  const planted = planting !== undefined && planting.overlap !== 0;
  let ofOverlap = 0;

  // The sweep gave whole weights to column j, where ∫₀ᵗ′ ends and ∫_t′ᵗ starts: half of them is taken off.
  const ofCorrelation = {
    memory: integrals.correlation,
    forcing: integrals.forcing,
    starting,
    first,
    overlap,
    out: rightSides.correlation,
  };
  const ofResponse = ofLatest((i) => ({
    memory: integrals.response,
    ending,
    second,
    response: row(i).response,
    out: rightSides.response,
  }));

  return {
    evaluate(i, { speed }) {
      const field = strength * covariance.first(overlap[i]);
      kernels.rightSideOfCorrelation(i, speed[i], field, ofCorrelation); // (T.1)
      kernels.rightSideOfResponse(i, speed[i], ofResponse(i)); // (T.2)
      let past = 0;
      if (planted) for (let j = 0; j < i; j++) past += kernel[j] * overlap[j];
      ofOverlap = speed[i] * (field + past); // (T.3)
    },
    get overlap() {
      return ofOverlap;
    },
  };
}
