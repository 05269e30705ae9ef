import type { Workspace } from "../../kernels";
import type { Batch } from "../process/batch";
import type { BatchDraws } from "../process/draws";
import type { OrderFunctions } from "../process/functions";
import { indefinite, jitterOf } from "../process/noise-factor";
import type { Setup } from "../process/setup";

/** Coloured noise of all trajectories, row by row of its covariance. */
export interface NoiseRows {
  /** Takes in row k of the covariance, and draws the normals that are new in it. */
  prepare(k: number): void;
  /** u_k of a batch. */
  fill(k: number, batch: number, noise: Float64Array): void;
}

interface Draw {
  readonly openBatch: (pass: number, batch: number) => BatchDraws;
  /** Up to which row new normals are made orthogonal to the starts and to all earlier ones, over the trajectories. */
  readonly matched: number;
}

/** Rows of the basis that stand before the normals: the two fields of the start. */
const STARTS = 2;

/** u_k = Σ_{j≤k} L(k, j) ε_j (P.26), with the factor L of M_C made row by row and normals ε. */
export function createNoiseRows(
  { nodes, lanes, problem }: Setup,
  workspace: Workspace,
  functions: OrderFunctions,
  batches: readonly Batch[],
  { openBatch, matched }: Draw,
): NoiseRows {
  const { kernels } = workspace;
  const factor = new Float64Array(nodes * nodes);
  const row = workspace.float64(nodes);
  const overlaps = workspace.float64(nodes + STARTS);
  const weighted = workspace.float64(lanes);
  const bases = batches.map(() => workspace.float64((nodes + STARTS) * lanes));
  const normals = bases.map((basis) => basis.subarray(STARTS * lanes));
  const streams = batches.map((_, index) => openBatch(0, index).coloured);
  if (matched > 0) {
    for (const [index, { signal, field }] of batches.entries()) {
      bases[index].set(signal);
      bases[index].set(field.subarray(0, lanes), lanes);
    }
    orthonormalise(0);
    orthonormalise(1);
  }

  /** Row `last` of the bases against all before it, with the trajectories' weights; twice, for rounding. */
  function orthonormalise(last: number): void {
    const from = last * lanes;
    for (let round = 0; round < 2; round++) {
      overlaps.fill(0);
      let total = 0;
      for (const [index, { weight }] of batches.entries()) {
        const basis = bases[index];
        for (let lane = 0; lane < lanes; lane++) {
          weighted[lane] = weight[lane] * basis[from + lane];
          total += weight[lane];
        }
        kernels.multiplyAdd(last, lanes, 1, basis, weighted, overlaps);
      }
      for (let j = 0; j < last; j++) overlaps[j] /= -total;
      let square = 0;
      for (const [index, { weight }] of batches.entries()) {
        const target = bases[index].subarray(from, from + lanes);
        kernels.multiplyTransposedAdd(lanes, last, 1, bases[index], overlaps, target);
        for (let lane = 0; lane < lanes; lane++) square += weight[lane] * target[lane] ** 2;
      }
      const scale = square > 0 ? Math.sqrt(total / square) : 1;
      for (const basis of bases) for (let at = from; at < from + lanes; at++) basis[at] *= scale;
    }
  }

  return {
    prepare(k) {
      const start = k * nodes;
      let largest = 0;
      for (let i = 0; i <= k; i++) largest = Math.max(largest, functions.noise[i * (nodes + 1)]);
      for (let j = 0; j <= k; j++) {
        let rest = functions.noise[start + j];
        for (let i = 0; i < j; i++) rest -= factor[start + i] * factor[j * nodes + i];
        if (j < k) factor[start + j] = rest / factor[j * (nodes + 1)];
        else {
          rest += jitterOf(functions.noise[start + k], largest);
          if (!(rest > 0)) throw indefinite(k * problem.learningRate);
          factor[start + k] = Math.sqrt(rest);
        }
      }
      for (let j = 0; j <= k; j++) row[j] = factor[start + j];
      for (const [index, stream] of streams.entries()) {
        stream.fillNormal(normals[index], k * lanes, (k + 1) * lanes);
      }
      if (k < matched) orthonormalise(k + STARTS);
    },
    fill(k, batch, noise) {
      noise.fill(0);
      kernels.multiplyTransposedAdd(lanes, k + 1, 1, normals[batch], row, noise);
    },
  };
}
