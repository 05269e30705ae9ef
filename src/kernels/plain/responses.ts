import type { Kernels } from "../kernels";

/** Trajectory by trajectory and column by column; four rows of the memory share the loads of the responses. */
export const averageResponses: Kernels["averageResponses"] = (
  nodes,
  lanes,
  memory,
  decay,
  source,
  weight,
  room,
  sums,
  largest,
) => {
  for (let lane = 0; lane < lanes; lane++) {
    let most = 0;
    for (let j = 0; j < nodes - 1; j++) {
      room[j + 1] = source[j * lanes + lane];
      for (let k = j + 1; k < nodes - 1; k += 4) {
        const high = Math.min(4, nodes - 1 - k);
        sumBand(nodes, high, memory, k, j + 1, room);
        for (let q = 0; q < high; q++) {
          const row = k + q;
          let t = decay[row * lanes + lane] * room[row] + band[q];
          for (let i = k; i < row; i++) t += memory[row * nodes + i] * room[i];
          room[row + 1] = t;
        }
      }
      for (let k = j + 1; k < nodes; k++) {
        const t = room[k];
        sums[k * nodes + j] += weight[k * lanes + lane] * t;
        if (!(Math.abs(t) <= most)) most = Math.abs(t);
      }
    }
    largest[lane] = most;
  }
};

const band = new Float64Array(4);

/** Σ memory(k + q, i) responses[i] over from ≤ i < k, for `high` rows q, into `band`. */
function sumBand(
  nodes: number,
  high: number,
  memory: Float64Array | Float32Array,
  k: number,
  from: number,
  responses: Float64Array | Float32Array,
): void {
  const first = k * nodes;
  const second = first + (high > 1 ? nodes : 0);
  const third = second + (high > 2 ? nodes : 0);
  const fourth = third + (high > 3 ? nodes : 0);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = from; i < k; i++) {
    const t = responses[i];
    s0 += memory[first + i] * t;
    s1 += memory[second + i] * t;
    s2 += memory[third + i] * t;
    s3 += memory[fourth + i] * t;
  }
  band[0] = s0;
  band[1] = s1;
  band[2] = s2;
  band[3] = s3;
}

/** Trajectories of a group: as many as 32 bytes hold. */
const groupOf = (reals: Float64Array | Float32Array) => 32 / reals.BYTES_PER_ELEMENT;

export const advanceResponses: Kernels["advanceResponses"] = (
  node,
  nodes,
  lanes,
  memory,
  decay,
  source,
  weight,
  history,
  sums,
  largest,
) => {
  const wide = groupOf(history);
  let column = 0;
  for (let group = 0; group < lanes; group += wide) {
    for (let j = 0; j < nodes - 1; j++) {
      for (let w = 0; w < wide && j <= node; w++) {
        const lane = group + w;
        const to = column + (node - j) * wide + w;
        let t = j === node ? source[lane] : decay[lane] * history[to - wide];
        for (let i = j + 1, from = column + w; i < node; i++, from += wide) t += memory[i] * history[from];
        history[to] = t;
        sums[j] += weight[lane] * t;
        if (!(Math.abs(t) <= largest[lane])) largest[lane] = Math.abs(t);
      }
      column += (nodes - 1 - j) * wide;
    }
  }
};
