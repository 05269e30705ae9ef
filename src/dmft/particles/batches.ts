import { batchRates, gradientFactor } from "../../models/phase-retrieval/problem";
import type { Stream } from "../../numerics/streams";
import type { ParticleSetup } from "./method";

/**
 * A function that takes the batch one step on (P.5). One particle at random of every block that follow each other in the order
 * of |h0| may change, with its probability times the length of the block: each by itself changes as it should, and those that
 * change are spread evenly over |h0|. A batch that is drawn anew at every step has blocks of one.
 * @param share c s of all particles @param byField the particles in the order of |h0|
 */
export function createBatches(
  { problem }: ParticleSetup,
  random: Stream,
  share: Float32Array,
  byField: Int32Array,
): () => void {
  const rates = batchRates(problem);
  if (!rates) return () => {};
  const factor = gradientFactor(problem);
  const most = Math.max(rates.join, rates.leave);
  const block = problem.persistence === null ? 1 : Math.floor(1 / most + 1e-9);
  const join = block * rates.join;
  const leave = block * rates.leave;
  return () => {
    for (let from = 0; from < byField.length; from += block) {
      // The whole part is uniform in the block, and what is behind the point in (0, 1).
      const drawn = (random.nextUint32() + 0.5) * 2 ** -32 * block;
      const inside = Math.floor(drawn);
      if (from + inside >= byField.length) continue;
      const at = byField[from + inside];
      const isMember = share[at] !== 0;
      if (drawn - inside < (isMember ? leave : join)) share[at] = isMember ? 0 : factor;
    }
  };
}
