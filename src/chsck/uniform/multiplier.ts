import { plantingOf } from "../../models/planted-start";
import type { TwoTimeProblem } from "../problem";
import type { Rates } from "./grid";
import type { History } from "./history";
import { ofLatest, type RowVectors } from "./vectors";

/** The multiplier of the row being solved, from its C, R, overlap, Q′ and Q″. */
export interface Multiplier {
  /** z − T_eff of row i. */
  reduced(i: number): number;
  /** Rate of decay of row i in y, given its z − T_eff, in the step that ends or the one that begins there. */
  decayRate(i: number, reducedMultiplier: number, rates: Rates): number;
}

export function createMultiplier(problem: TwoTimeProblem, history: History, vectors: RowVectors): Multiplier {
  const { covariance } = problem;
  const strength = plantingOf(problem)?.strength ?? 0;
  const { grid, overlap, workspace } = history;
  const { ending } = grid;
  const { row, inner, first, second } = vectors;
  const { kernels } = workspace;
  const firstAtOne = covariance.first(1);
  const secondAtOne = covariance.second(1);
  const integrand = ofLatest((i) => {
    const { correlation, response } = row(i);
    return { weight: inner, response, first, second, correlation };
  });

  return {
    // (T.4)
    reduced(i) {
      const field = strength * covariance.first(overlap[i]);
      const ends = field * overlap[i] + ending[i] * (firstAtOne + secondAtOne);
      return ends + kernels.multiplierIntegral(i, integrand(i));
    },
    // (T.9)
    decayRate(i, reducedMultiplier, { noise, speed }) {
      return noise[i] + speed[i] * (reducedMultiplier - ending[i] * secondAtOne);
    },
  };
}
