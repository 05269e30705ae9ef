import type { NodeSums } from "../process/batch";
import { createFunctions, type OrderFunctions } from "../process/functions";
import type { Setup } from "../process/setup";

/** Sums over weighted trajectories, in doubles, always in the same order. */
export interface Averages {
  /** Adds the sums of one node. */
  addNode(k: number, sums: NodeSums): void;
  /** Adds matrices Σ w F F and Σ w D T (below the diagonal). */
  addProducts(noise: Float64Array, memory: Float64Array): void;
  addWeight(weight: Float64Array): void;
  /** α times the averages. */
  finish(): OrderFunctions;
}

export function createAverages({ problem, nodes, form }: Setup): Averages {
  const { sampleRatio } = problem;
  const sums = createFunctions(nodes);
  let total = 0;
  return {
    addNode(k, { curvature, squaredStiffness, drive, radial, loss }) {
      sums.curvature[k] += curvature;
      sums.memory[k * (nodes + 1)] += squaredStiffness;
      sums.drive[k] += drive;
      sums.radial[k] += radial;
      sums.loss[k] += loss;
    },
    addProducts(noise, memory) {
      for (let k = 0; k < nodes; k++) {
        for (let j = 0, at = k * nodes; j < k; j++, at++) {
          sums.noise[at] += noise[at];
          sums.memory[at] += memory[at];
        }
        sums.noise[k * (nodes + 1)] += noise[k * (nodes + 1)];
      }
    },
    addWeight(weight) {
      for (const w of weight) total += w;
    },
    finish() {
      const share = sampleRatio / total;
      const functions = createFunctions(nodes);
      // (P.12)
      for (const name of ["curvature", "drive", "radial"] as const) {
        functions[name].set(sums[name].map((x) => share * x));
      }
      functions.loss.set(sums.loss.map((x) => x / total));
      for (let k = 0; k < nodes; k++) {
        for (let j = 0; j <= k; j++) {
          const at = k * nodes + j;
          functions.memory[at] = share * form.responseFactor * sums.memory[at]; // (P.16)
          functions.noise[at] = share * sums.noise[at]; // (P.15)
          functions.noise[j * nodes + k] = functions.noise[at];
        }
      }
      return functions;
    },
  };
}
