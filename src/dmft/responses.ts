import { bytesOf, type Reals, responseRoom, type Workspace } from "../kernels";
import type { Batch } from "./batch";
import type { OrderFunctions } from "./functions";
import type { Setup } from "./problem";
import type { Recursion } from "./recursion";

/** Adds up the responses of batches to their own forces. */
export interface ResponseSums {
  /** Takes over the memory of a pass. */
  load(recursion: Recursion, functions: OrderFunctions): void;
  /** Σ w D_k T(k, j), j < k, of one batch; good until the next call. @param block that its own random numbers belong to */
  sum(batch: Batch, block: number): Float64Array;
  /** Trajectories of the last batch whose responses grew beyond all bounds. */
  unbounded(): readonly number[];
}

/** Responses may be so many times larger than D at the start is on average; what is larger grows exponentially. */
export const LARGEST_RESPONSE = 200;

export const exactBytes = ({ nodes, lanes }: Setup): number => {
  const numbers = [nodes * nodes, ...Array(3).fill(nodes * lanes), responseRoom(nodes), lanes];
  return bytesOf(...numbers.map((count) => 8 * count), 8 * nodes * nodes);
};

/** Every response of every trajectory (the recursion of section A.1 with the print corrected, see docs/errata.md). */
export function createExactResponses(setup: Setup, workspace: Workspace, typical: number): ResponseSums {
  const { problem, nodes, lanes, precision } = setup;
  const { learningRate: eta } = problem;
  const { kernels } = workspace;
  const reals = (length: number): Reals => workspace[precision](length);
  const memory = reals(nodes * nodes);
  const decay = reals(nodes * lanes);
  const source = reals(nodes * lanes);
  const weight = reals(nodes * lanes);
  const room = reals(responseRoom(nodes));
  const largest = reals(lanes);
  const sums = workspace.float64(nodes * nodes);
  let steps: Pick<Recursion, "scale" | "decay">;

  return {
    load(recursion, functions) {
      steps = recursion;
      scaleMemory(nodes, eta, recursion.scale, functions.memory, memory);
    },
    sum(batch) {
      for (let k = 0; k < nodes; k++) {
        const a = steps.scale[k];
        const free = a * steps.decay[k];
        for (let lane = 0, at = k * lanes; lane < lanes; lane++, at++) {
          const d = batch.stiffness[at];
          decay[at] = free - a * eta * d;
          source[at] = a * d;
          weight[at] = batch.weight[lane] * d;
        }
      }
      sums.fill(0);
      kernels.averageResponses(nodes, lanes, memory, decay, source, weight, room, sums, largest);
      return sums;
    },
    unbounded: () => beyond(largest, LARGEST_RESPONSE * typical),
  };
}

/** a_k η² M_R(k, j) for j < k. */
export function scaleMemory(
  nodes: number,
  eta: number,
  scale: Float64Array,
  memory: Float64Array,
  scaled: Reals,
): void {
  for (let k = 0; k < nodes; k++) {
    const factor = scale[k] * eta * eta;
    for (let j = 0, at = k * nodes; j < k; j++, at++) scaled[at] = factor * memory[at];
  }
}

/** Where numbers are not at most `most`. */
export function beyond(numbers: ArrayLike<number>, most: number): number[] {
  return Array.from(numbers, (_, lane) => lane).filter((lane) => !(numbers[lane] <= most));
}
