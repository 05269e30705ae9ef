import { float64Bytes, type Workspace } from "../../kernels";
import { createStreams } from "../../numerics/streams";
import type { Recursion } from "../process/recursion";
import { beyond, LARGEST_RESPONSE } from "../process/responses";
import type { Setup } from "../process/setup";
import { startAverages } from "../process/start-averages";
import { type ResponseSums, scaleMemory } from "./response-sums";

const lengthsOf = ({ nodes, lanes }: Setup, probes: number) => {
  const columns = Math.ceil(nodes / probes);
  return [
    nodes * nodes,
    nodes * lanes,
    lanes,
    lanes * nodes,
    lanes * columns,
    nodes * columns,
    nodes * nodes,
  ];
};

export const probeBytes = (setup: Setup, probes: number): number => float64Bytes(...lengthsOf(setup, probes));

/**
 * Estimates the responses from sums y_k = Σ_j T(k, j) e_j with random signs e_j (P.29): the mean of D_k y_k e_j is that of
 * D_k T(k, j). Such a sum obeys the recursion of a single response, so that a trajectory costs steps² instead of steps³.
 * With p probes, the p-th part of the columns belongs to each (j modulo p), which lowers the noise of the others.
 */
export function createProbedResponses(
  setup: Setup,
  workspace: Workspace,
  run: number,
  probes: number,
): ResponseSums {
  const { problem, nodes, lanes, seed } = setup;
  const { learningRate: eta } = problem;
  const { kernels } = workspace;
  const streams = createStreams(seed);
  const columns = Math.ceil(nodes / probes);
  /** Typical D, which T has as a factor. */
  const typical = Math.sqrt(startAverages(setup).memory / problem.sampleRatio / problem.batchFraction);
  const [memory, y, past, weighted, signs, products, sums] = lengthsOf(setup, probes).map((length) =>
    workspace.float64(length),
  );
  const rows = Array.from({ length: nodes }, (_, k) => memory.subarray(k * nodes, (k + 1) * nodes));
  const largest = new Float64Array(lanes);
  let steps: Pick<Recursion, "scale" | "decay">;

  return {
    load(recursion, functions) {
      steps = recursion;
      scaleMemory(nodes, eta, recursion.scale, functions.memory, memory);
    },
    sum({ stiffness, weight }, block) {
      const random = streams.stream("perturbation", run, block);
      sums.fill(0);
      largest.fill(0);
      for (let probe = 0; probe < probes; probe++) {
        for (let i = 0; i < signs.length; i += 32) {
          const bits = random.nextUint32();
          for (let b = 0; b < 32; b++) signs[i + b] = (bits >>> b) & 1 ? 1 : -1;
        }
        y.fill(0, 0, lanes);
        for (let k = 0; k < nodes; k++) {
          const row = k * lanes;
          for (let lane = 0; lane < lanes; lane++) {
            const sum = y[row + lane];
            weighted[lane * nodes + k] = weight[lane] * stiffness[row + lane] * sum;
            if (!(Math.abs(sum) <= largest[lane])) largest[lane] = Math.abs(sum);
          }
          if (k === nodes - 1) break;
          past.fill(0);
          kernels.multiplyTransposedAdd(lanes, k, 1, y, rows[k], past);
          const a = steps.scale[k];
          const free = a * steps.decay[k];
          const kicked = k % probes === probe ? a : 0;
          const sign = Math.floor(k / probes);
          for (let lane = 0; lane < lanes; lane++) {
            const d = stiffness[row + lane];
            // (P.25), summed over j
            y[row + lanes + lane] =
              (free - a * eta * d) * y[row + lane] + past[lane] + kicked * d * signs[lane * columns + sign];
          }
        }
        products.fill(0);
        kernels.multiplyTransposedAdd(nodes, lanes, columns, weighted, signs, products);
        for (let k = 0; k < nodes; k++) {
          for (let j = probe, c = 0; j < k; j += probes, c++) sums[k * nodes + j] = products[k * columns + c];
        }
      }
      return sums;
    },
    // The sum of this many independent responses.
    unbounded: () => beyond(largest, LARGEST_RESPONSE * typical * Math.sqrt(columns)),
  };
}
