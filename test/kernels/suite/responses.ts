import { bytesOf, type Reals, responseRoom } from "../../../src/kernels";
import { type Check, demand, type Make, numbers } from "./check";

/** Rounding, relative to the largest response, by the bytes of a number. */
const TOLERANCE = { 8: 1e-13, 4: 3e-6 } as const;
type Bytes = keyof typeof TOLERANCE;

interface Case {
  readonly nodes: number;
  readonly lanes: number;
  readonly memory: Reals;
  readonly scale: Reals;
  readonly free: Reals;
  readonly step: Reals;
  readonly first: Reals;
  readonly second: Reals;
  readonly third: Reals;
  readonly weight: Reals;
}

const lengthsOf = (nodes: number, lanes: number) => ({
  memory: nodes * nodes,
  scale: nodes,
  free: nodes,
  step: nodes,
  first: nodes * lanes,
  second: nodes * lanes,
  third: nodes * lanes,
  weight: nodes * lanes,
  room: responseRoom(nodes),
  sums: nodes * nodes,
  largest: lanes,
  history: (lanes * nodes * (nodes - 1)) / 2,
});

function prepare(make: Make, nodes: number, lanes: number, bytes: Bytes) {
  const lengths = lengthsOf(nodes, lanes);
  const workspace = make(bytesOf(...Object.values(lengths).map((length) => 8 * length)));
  const reals = (length: number) => (bytes === 8 ? workspace.float64(length) : workspace.float32(length));
  const filled = (length: number, seed: number, scale: number, around = 0) => {
    const view = reals(length);
    view.set(numbers(length, seed).map((x) => around + scale * x));
    return view;
  };
  return {
    kernels: workspace.kernels,
    nodes,
    lanes,
    memory: filled(lengths.memory, 1, 1 / nodes),
    scale: filled(nodes, 2, 1),
    free: filled(nodes, 3, 0.5),
    step: filled(nodes, 4, 0.2, 0.3),
    first: filled(lengths.first, 5, 1),
    second: filled(lengths.second, 6, 0.3),
    third: filled(lengths.third, 7, 0.2),
    weight: filled(lengths.weight, 8, 1),
    room: reals(lengths.room),
    history: reals(lengths.history),
    largest: reals(lanes),
    sums: workspace.float64(lengths.sums),
  };
}

/** By the definition: sums(k, j) and the largest |G| of each trajectory. */
function direct({ nodes, lanes, memory, scale, free, step, first, second, third, weight }: Case) {
  const sums = new Float64Array(nodes * nodes);
  const largest = new Float64Array(lanes);
  for (let lane = 0; lane < lanes; lane++) {
    for (let j = 0; j < nodes - 1; j++) {
      const g = new Float64Array(nodes);
      g[j + 1] = scale[j];
      for (let k = j + 1; k < nodes; k++) {
        const at = k * lanes + lane;
        const force = first[at] * g[k] + second[at] * g[k] ** 2 + third[at] * g[k] ** 3;
        sums[k * nodes + j] += weight[j * lanes + lane] * force;
        largest[lane] = Math.max(largest[lane], Math.abs(g[k]));
        if (k === nodes - 1) break;
        g[k + 1] = free[k] * g[k] - step[k] * force;
        for (let i = j + 1; i < k; i++) g[k + 1] += memory[k * nodes + i] * g[i];
      }
    }
  }
  return { sums, largest };
}

function average(one: ReturnType<typeof prepare>): void {
  const { kernels, nodes, lanes, memory, room, sums, largest } = one;
  kernels.averageResponses(nodes, lanes, memory, one, one, room, sums, largest);
}

function demandClose(
  found: ArrayLike<number>,
  expected: Float64Array,
  tolerance: number,
  what: string,
): void {
  for (const [k, value] of expected.entries()) {
    demand(Math.abs(found[k] - value) <= tolerance, () => `${what} ${k} is ${found[k]}, not ${value}`);
  }
}

const KINDS = ([8, 4] as const).map((bytes) => ({
  bytes,
  lanes: [32 / bytes, 96 / bytes],
  label: bytes === 8 ? "doubles" : "singles",
}));
const SIZES = [1, 2, 3, 4, 5, 6, 8, 9, 13, 30];

export const checks: readonly Check[] = KINDS.flatMap(({ bytes, lanes, label }): Check[] => [
  {
    name: `responses of whole runs in ${label}`,
    run(make) {
      for (const nodes of SIZES) {
        for (const wide of lanes) {
          const one = prepare(make, nodes, wide, bytes);
          // What is not left of the diagonal is not read.
          for (let k = 0; k < nodes; k++) one.memory.fill(Number.NaN, k * nodes + k, (k + 1) * nodes);
          const { sums, largest } = direct(one);
          one.sums.fill(1);
          average(one);
          const tolerance = TOLERANCE[bytes] * wide * nodes;
          demandClose(
            one.sums.map((x) => x - 1),
            sums,
            tolerance,
            `sum of ${nodes} nodes`,
          );
          demandClose(one.largest, largest, tolerance, `largest of ${nodes} nodes`);
        }
      }
    },
  },
  {
    name: `responses step by step in ${label}`,
    run(make) {
      for (const nodes of SIZES) {
        for (const wide of lanes) {
          const one = prepare(make, nodes, wide, bytes);
          const { sums, largest } = direct(one);
          for (let node = 0; node < nodes - 1; node++) {
            one.kernels.advanceResponses(
              node,
              nodes,
              wide,
              one.memory.subarray(node * nodes, (node + 1) * nodes),
              { scale: one.scale[node], free: one.free[node], step: one.step[node] },
              one,
              one.history,
              one.sums.subarray((node + 1) * nodes, (node + 2) * nodes),
              one.largest,
            );
          }
          const tolerance = TOLERANCE[bytes] * wide * nodes;
          demandClose(one.sums, sums, tolerance, `sum of ${nodes} nodes`);
          demandClose(one.largest, largest, tolerance, `largest of ${nodes} nodes`);
        }
      }
    },
  },
  {
    name: `a response that grows without bound shows as the largest in ${label}`,
    run(make) {
      const one = prepare(make, 20, 8, bytes);
      for (let k = 0; k < 20; k++) one.first[8 * k + 5] = -1e30;
      average(one);
      // A response that is no number any more is one as well.
      const { largest } = one;
      for (const [lane, most] of largest.entries()) {
        demand(most <= 1e3 === (lane !== 5), () => `the largest of trajectory ${lane} is ${most}`);
      }
    },
  },
]);
