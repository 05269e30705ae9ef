import { bytesOf, type Reals, responseRoom, type Workspace } from "../../kernels";
import { beyond, createExpansion, fillExpansion, LARGEST_RESPONSE, stepAt } from "../process/responses";
import type { Setup } from "../process/setup";
import { type ResponseSums, scaleMemory } from "./response-sums";

export const exactBytes = ({ nodes, lanes }: Setup): number => {
  const numbers = [
    nodes * nodes,
    nodes,
    nodes,
    nodes,
    ...Array(4).fill(nodes * lanes),
    responseRoom(nodes),
    lanes,
  ];
  return bytesOf(...numbers.map((count) => 8 * count), 8 * nodes * nodes);
};

/**
 * Every response of every trajectory, to a finite displacement: (P.25) and (P.28) (the recursion of section A.1 with the
 * print corrected, see docs/errata.md).
 */
export function createExactResponses(setup: Setup, workspace: Workspace): ResponseSums {
  const { problem, nodes, lanes, precision } = setup;
  const { learningRate: eta } = problem;
  const { kernels } = workspace;
  const reals = (length: number): Reals => workspace[precision](length);
  const memory = reals(nodes * nodes);
  const steps = { scale: reals(nodes), free: reals(nodes), step: reals(nodes) };
  const expansion = createExpansion(reals, nodes * lanes);
  const room = reals(responseRoom(nodes));
  const largest = reals(lanes);
  const sums = workspace.float64(nodes * nodes);

  return {
    load(recursion, functions) {
      for (let k = 0; k < nodes; k++) {
        const { scale, free, step } = stepAt(recursion, k, eta);
        steps.scale[k] = scale;
        steps.free[k] = free;
        steps.step[k] = step;
      }
      scaleMemory(nodes, eta, recursion.scale, functions.memory, memory);
    },
    sum(batch) {
      for (let k = 0; k < nodes; k++) fillExpansion(batch, k, lanes, expansion, k * lanes);
      sums.fill(0);
      kernels.averageResponses(nodes, lanes, memory, steps, expansion, room, sums, largest);
      return sums;
    },
    unbounded: () => beyond(largest, LARGEST_RESPONSE),
  };
}
