import type { Kernels } from "../kernels";

/** Trajectory by trajectory and column by column; four rows of the memory share the loads of the responses. */
export const averageResponses: Kernels["averageResponses"] = (
  nodes,
  lanes,
  memory,
  { scale, free, step },
  { first, second, third, weight },
  room,
  sums,
  largest,
) => {
  for (let lane = 0; lane < lanes; lane++) {
    let most = 0;
    for (let j = 0; j < nodes - 1; j++) {
      const w = weight[j * lanes + lane];
      room[j + 1] = scale[j];
      for (let k = j + 1; k < nodes; k += 4) {
        const high = Math.min(4, nodes - k);
        sumBand(nodes, high, memory, k, j + 1, room);
        for (let q = 0; q < high; q++) {
          const row = k + q;
          const at = row * lanes + lane;
          const g = room[row];
          const force = g * (first[at] + g * (second[at] + g * third[at]));
          sums[row * nodes + j] += w * force;
          most = Math.max(most, Math.abs(g));
          if (row === nodes - 1) break;
          let next = free[row] * g - step[row] * force + band[q];
          for (let i = k; i < row; i++) next += memory[row * nodes + i] * room[i];
          room[row + 1] = next;
        }
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
  { scale, free, step },
  { first, second, third, weight },
  history,
  sums,
  largest,
) => {
  const wide = groupOf(history);
  const force = (g: number, at: number) => g * (first[at] + g * (second[at] + g * third[at]));
  let column = 0;
  for (let group = 0; group < lanes; group += wide) {
    for (let j = 0; j < nodes - 1; j++) {
      for (let w = 0; w < wide && j <= node; w++) {
        const lane = group + w;
        const at = node * lanes + lane;
        const to = column + (node - j) * wide + w;
        let g = scale;
        if (j < node) {
          const last = history[to - wide];
          g = free * last - step * force(last, at);
          for (let i = j + 1, from = column + w; i < node; i++, from += wide) g += memory[i] * history[from];
        }
        history[to] = g;
        sums[j] += weight[j * lanes + lane] * force(g, at + lanes);
        largest[lane] = Math.max(largest[lane], Math.abs(g));
      }
      column += (nodes - 1 - j) * wide;
    }
  }
};
