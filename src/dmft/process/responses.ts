import type { ForceExpansion, Reals } from "../../kernels";
import type { Batch } from "./batch";
import type { Recursion } from "./recursion";

/**
 * T(k, j) = G(k, j) D_j, G the response of h to a displacement of h. At an unstable point G grows exponentially until the
 * trajectory falls off, so that its distribution has a tail 1/G, all decades of which count in the mean of D T. Hence G is
 * taken as the ratio of the forces' change to a displacement of this size, which no such tail can pass; the mean changes
 * with the square of it only, since every other trajectory is displaced to the other side.
 */
export const DISPLACEMENT = 0.02;

/** Responses larger than this are those of trajectories that the step makes unstable. */
export const LARGEST_RESPONSE = 1e4;

/** Expansion (P.28) of one node of a batch, by displacements of either sign in turn; its lanes start at `to`. */
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

/** What takes responses from node k to the next (P.25). */
export function stepAt({ scale, decay }: Pick<Recursion, "scale" | "decay">, k: number, eta: number) {
  return { scale: scale[k], free: scale[k] * decay[k], step: scale[k] * eta };
}

/** Where numbers are not at most `most`. */
export function beyond(numbers: ArrayLike<number>, most: number): number[] {
  return Array.from(numbers, (_, lane) => lane).filter((lane) => !(numbers[lane] <= most));
}
