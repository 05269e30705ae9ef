import { type QuadraticNetwork, requireDimension, secondLayerFactor } from "../../models/quadratic-network";
import type { Draws } from "../../numerics/draws";
import type { ReducedStart, SgdProcess } from "./recursion";

/**
 * The reduced process of one neuron: the same numbers as the general one gives at p = 1, without its loops. The state is
 * w/√d = (along, across) in the frame of w_*; the rest of the input, of squared length χ² with d − 2 degrees of freedom,
 * turns into `across`.
 */
export function createSingleProcess(
  network: QuadraticNetwork,
  draws: Draws,
  start: (sample: number) => ReducedStart,
): SgdProcess {
  const { learningRate, labelNoise, constraint, trainSecondLayer } = network;
  const d = requireDimension(network);
  const rest = d - 2;
  const rate = (2 * learningRate) / d;
  const secondRate = trainSecondLayer ? (learningRate * secondLayerFactor(network)) / d : 0;
  const noise = Math.sqrt(labelNoise);
  const onSphere = constraint === "sphere";
  /** m, Q and a. */
  const order = new Float64Array(3);
  const row = new Float64Array(2);

  function settle(along: number, across: number): void {
    const square = along * along + across * across;
    const scale = onSphere ? 1 / Math.sqrt(square) : 1; // (Q.3)
    row[0] = order[0] = scale * along;
    row[1] = scale * across;
    order[1] = onSphere ? 1 : square;
  }

  return {
    order,
    start(sample) {
      const { frame, secondLayer } = start(sample);
      order[2] = secondLayer[0];
      settle(frame[0], frame[1]);
    },
    step() {
      const square = draws.chiSquare(rest);
      const target = draws.normal();
      const second = draws.normal();
      const field = row[0] * target + row[1] * second;
      const label = target * target + (noise > 0 ? noise * draws.normal() : 0);
      const displacement = label - order[2] * field * field;
      const increment = rate * order[2] * displacement * field; // (Q.1)
      order[2] += secondRate * displacement * field * field;
      const across = row[1] + increment * second;
      settle(row[0] + increment * target, Math.sqrt(across * across + increment * increment * square));
    },
  };
}
