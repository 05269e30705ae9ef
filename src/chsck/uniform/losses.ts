import { channels as channelsOf } from "../../models/covariance";
import { plantingOf } from "../../models/planted-start";
import type { TwoTimeProblem } from "../problem";
import type { History } from "./history";
import { ofLatest, type RowVectors } from "./vectors";

/** Keeps the loss of every channel of row i, from its C, R and overlap, with Q′ along it evaluated. */
export type Losses = (i: number) => void;

export function createLosses(problem: TwoTimeProblem, history: History, vectors: RowVectors): Losses {
  const { covariance } = problem;
  const strength = plantingOf(problem)?.strength ?? 0;
  const { overlap, losses, workspace } = history;
  const { ending } = history.grid;
  const { row, inner, first, scratch, coefficients } = vectors;
  const { kernels } = workspace;
  const channels = channelsOf(covariance);
  // One channel alone is the whole covariance, which has been evaluated.
  const alone = channels.length === 1;
  const integrand = ofLatest((i) => ({ weight: inner, a: row(i).response, b: alone ? first : scratch }));

  return (i) => {
    channels.forEach((channel, k) => {
      const firstOf = coefficients.channels[k];
      if (!alone) kernels.polynomial(i, firstOf.length - 1, firstOf, row(i).correlation, scratch);
      const ends = strength * channel.value(overlap[i]) + ending[i] * channel.first(1);
      losses[k][i] = -(ends + kernels.weightedProduct(i, integrand(i))); // (T.5)
    });
  };
}
