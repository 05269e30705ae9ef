import type { Covariance } from "../../models/covariance";
import type { History } from "./history";
import { ofLatest, type RowVectors } from "./vectors";

/** The multiplier of the row being solved, from its C, R, overlap, Q′ and Q″. */
export interface Multiplier {
  /** z − T_eff of row i. */
  reduced(i: number): number;
  /** Rate of decay of row i in y, given its z − T_eff. */
  decayRate(i: number, reducedMultiplier: number): number;
}

export function createMultiplier(covariance: Covariance, history: History, vectors: RowVectors): Multiplier {
  const { grid, overlap, workspace } = history;
  const { ending, noise, speed } = grid;
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
      const ends = covariance.first(overlap[i]) * overlap[i] + ending[i] * (firstAtOne + secondAtOne);
      return ends + kernels.multiplierIntegral(i, integrand(i));
    },
    // (T.9)
    decayRate(i, reducedMultiplier) {
      return noise[i] + speed[i] * (reducedMultiplier - ending[i] * secondAtOne);
    },
  };
}
