import { bytesOf, type ForceExpansion, type Reals, responseRoom, type Workspace } from "../../kernels";
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

/**
 * T(k, j) = G(k, j) D_j, G the response of h to a displacement of h. At an unstable point G grows exponentially until the
 * trajectory falls off, so that its distribution has a tail 1/G, all decades of which count in the mean of D T. Hence G is
 * taken as the ratio of the forces' change to a displacement of this size, which no such tail can pass; the mean changes
 * with the square of it only, since every other trajectory is displaced to the other side.
 */
export const DISPLACEMENT = 0.02;

/** Responses larger than this are those of trajectories that the step makes unstable. */
export const LARGEST_RESPONSE = 1e4;

/** Expansion of one node of a batch; its lanes start at `to`. */
export function fillExpansion(
  batch: Batch,
  k: number,
  lanes: number,
  expansion: ForceExpansion,
  to: number,
): void {
  for (let lane = 0, at = k * lanes; lane < lanes; lane++, at++) {
    const shift = lane % 2 === 0 ? DISPLACEMENT : -DISPLACEMENT;
    expansion.first[to + lane] = batch.stiffness[at];
    expansion.second[to + lane] = shift * batch.bend[at];
    expansion.third[to + lane] = shift * shift * batch.stretch[at];
    expansion.weight[to + lane] = batch.weight[lane] * batch.stiffness[at];
  }
}

/** Room for the expansion of this many numbers, trajectories times nodes. */
export function createExpansion(reals: (length: number) => Reals, length: number): ForceExpansion {
  return { first: reals(length), second: reals(length), third: reals(length), weight: reals(length) };
}

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

/** Every response of every trajectory (the recursion of section A.1 with the print corrected, see docs/errata.md). */
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

/** What takes responses from node k to the next. */
export function stepAt({ scale, decay }: Pick<Recursion, "scale" | "decay">, k: number, eta: number) {
  return { scale: scale[k], free: scale[k] * decay[k], step: scale[k] * eta };
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
