import type { Reals } from "../../kernels";
import type { Batch } from "../process/batch";
import type { OrderFunctions } from "../process/functions";
import type { Recursion } from "../process/recursion";

/** Adds up the responses of batches to their own forces. */
export interface ResponseSums {
  /** Takes over the memory of a pass. */
  load(recursion: Recursion, functions: OrderFunctions): void;
  /** Σ w D_k T(k, j), j < k, of one batch; good until the next call. @param block that its own random numbers belong to */
  sum(batch: Batch, block: number): Float64Array;
  /** Trajectories of the last batch whose responses grew beyond all bounds. */
  unbounded(): readonly number[];
}

/** a_k η² M_R(k, j) for j < k, as (P.20) and (P.25) have it. */
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
