import type { Workspace } from "../../kernels";
import { gradientFactor } from "../../models/phase-retrieval/problem";
import type { BatchDraws } from "./draws";
import { temperatures } from "./functions";
import type { Recursion } from "./recursion";
import type { Setup } from "./setup";

/** Sums over the trajectories of a batch at one node. */
export interface NodeSums {
  readonly curvature: number;
  /** Σ w D² */
  readonly squaredStiffness: number;
  readonly drive: number;
  readonly radial: number;
  readonly loss: number;
}

/** Some trajectories of the effective process; matrices are nodes × lanes. */
export interface Batch {
  /** Weights of the trajectories. */
  readonly weight: Float64Array;
  /** Signal fields h0. */
  readonly signal: Float64Array;
  /** h, without the signal's part h0 m. */
  readonly field: Float64Array;
  /** F, the other way round: lanes × nodes. */
  readonly force: Float64Array;
  /** D, and what follows it in F(h + x) − F(h) = D x + bend x² + stretch x³: zero where the cost does not tell. */
  readonly stiffness: Float64Array;
  readonly bend: Float64Array;
  readonly stretch: Float64Array;
  /** Whether the sample is in the batch. */
  readonly members: Uint8Array;
  /** Draws starts and members; trajectories that are `dropped` rest at 0 with weight 0. */
  open(draws: BatchDraws, dropped: readonly number[]): void;
  /** From node k on a trajectory rests at 0 and counts for nothing. */
  drop(lane: number, k: number): void;
  /** F and D (P.11) at a node, and the sums there, with the overlap m. */
  computeForces(k: number, m: number): NodeSums;
  /** h at node k + 1 (P.20); `past` = Σ_{j<k} a η² M_R(k, j) h_j and `noise` = u_k, lanes numbers from an offset on. */
  step(k: number, recursion: Recursion, past: Float64Array, noise: Float64Array, from: number): void;
}

/** Numbers in doubles that a batch takes of a workspace. */
export const batchLengths = ({ nodes, lanes }: Setup): readonly number[] => [
  lanes,
  lanes,
  ...Array(5).fill(nodes * lanes),
];

export function createBatch(setup: Setup, workspace: Pick<Workspace, "float64">): Batch {
  const { problem, cost, nodes, lanes } = setup;
  const { learningRate: eta } = problem;
  const factor = gradientFactor(problem);
  const { higher } = cost;
  const temperature = temperatures(setup);
  const weight = workspace.float64(lanes);
  const signal = workspace.float64(lanes);
  const field = workspace.float64(nodes * lanes);
  const force = workspace.float64(nodes * lanes);
  const [stiffness, bend, stretch] = Array.from({ length: 3 }, () => workspace.float64(nodes * lanes));
  const members = new Uint8Array(nodes * lanes);
  const kicks = new Float64Array(lanes);
  let white: BatchDraws["white"];
  let dropped: number[] = [];

  function drop(lane: number, k: number): void {
    dropped.push(lane);
    signal[lane] = 0;
    weight[lane] = 0;
    for (let at = k * lanes + lane; at < field.length; at += lanes) field[at] = 0;
  }

  return {
    weight,
    signal,
    field,
    force,
    stiffness,
    bend,
    stretch,
    members,
    open(draws, lanesToDrop) {
      draws.fillStart(signal, field, weight);
      draws.fillMembers(members);
      white = draws.white;
      dropped = [];
      for (const lane of lanesToDrop) drop(lane, 0);
    },
    drop,
    computeForces(k, m) {
      const row = k * lanes;
      let [curvature, squaredStiffness, drive, radial, loss] = [0, 0, 0, 0, 0];
      for (let lane = 0; lane < lanes; lane++) {
        const h0 = signal[lane];
        const h = field[row + lane] + h0 * m;
        const share = members[row + lane] === 1 ? factor : 0;
        // (P.11)
        const f = share * cost.first(h, h0);
        const d = share * cost.second(h, h0);
        const w = weight[lane];
        force[lane * nodes + k] = f;
        stiffness[row + lane] = d;
        if (higher) {
          // (P.28)
          bend[row + lane] = 0.5 * share * higher.third(h, h0);
          stretch[row + lane] = (share / 6) * higher.fourth(h, h0);
        }
        // (P.12)
        curvature += w * d;
        squaredStiffness += w * d * d;
        drive += w * h0 * f;
        radial += w * h * f;
        loss += w * cost.value(h, h0);
      }
      return { curvature, squaredStiffness, drive, radial, loss };
    },
    step(k, { scale, decay }, past, noise, from) {
      const row = k * lanes;
      const a = scale[k];
      const free = a * decay[k];
      const rate = a * eta;
      const heat = a * Math.sqrt(2 * temperature[k] * eta);
      if (heat > 0) white.fillNormal(kicks);
      else kicks.fill(0);
      for (let lane = 0; lane < lanes; lane++) {
        const at = row + lane;
        // (P.20)
        field[at + lanes] =
          free * field[at] +
          past[lane] +
          rate * (noise[from + lane] - force[lane * nodes + k]) +
          heat * kicks[lane];
      }
      for (const lane of dropped) field[row + lanes + lane] = 0;
    },
  };
}
