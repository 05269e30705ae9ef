import { ConvergenceError } from "../../core/errors";
import { createWorkspace, float64Bytes } from "../../kernels";
import { batchLengths, createBatch, type NodeSums } from "../process/batch";
import { createDraws } from "../process/draws";
import type { OrderFunctions } from "../process/functions";
import { indefinite, jitterOf } from "../process/noise-factor";
import { createRecursion, type Recursion } from "../process/recursion";
import type { Setup } from "../process/setup";
import { createAverages } from "./averages";
import { createExactResponses, exactBytes } from "./exact-responses";
import { createProbedResponses, probeBytes } from "./probes";
import { scaleMemory } from "./response-sums";

/** One pass of the iteration: trajectories of the process that the order functions define, and their averages. */
export interface Pass {
  readonly recursion: Recursion;
  readonly averages: OrderFunctions;
  /** Trajectories left out because their responses grew beyond all bounds. */
  readonly dropped: number;
}

/** Repeats of a batch with ever more trajectories left out. */
const MOST_REPEATS = 8;

/** @param probes 0 for exact responses @returns a function that makes one pass, and yields now and then */
export function createPasses(setup: Setup, run: number, probes: number) {
  const { nodes, lanes, problem } = setup;
  const square = nodes * nodes;
  const lengths = [square, square, square, nodes * lanes, nodes * lanes, lanes, nodes * lanes];
  const room = float64Bytes(...batchLengths(setup), ...lengths);
  const workspace = createWorkspace(room + (probes === 0 ? exactBytes(setup) : probeBytes(setup, probes)));
  const { kernels } = workspace;
  const batch = createBatch(setup, workspace);
  const [factor, memory, products, normals, noise, past, weighted] = lengths.map((length) =>
    workspace.float64(length),
  );
  const rows = Array.from({ length: nodes }, (_, k) => memory.subarray(k * nodes, (k + 1) * nodes));
  const { batches, openBatch } = createDraws(setup, run);
  const responses =
    probes === 0
      ? createExactResponses(setup, workspace)
      : createProbedResponses(setup, workspace, run, probes);

  /** Walks all trajectories of a batch along the nodes. */
  function walk(recursion: Recursion, sums: NodeSums[]): void {
    for (let k = 0; k < nodes; k++) {
      sums[k] = batch.computeForces(k, recursion.overlap[k]);
      if (k === nodes - 1) break;
      past.fill(0);
      kernels.multiplyTransposedAdd(lanes, k, 1, batch.field, rows[k], past);
      batch.step(k, recursion, past, noise, k * lanes);
    }
  }

  /** Σ w F_k F_j of the batch (P.15), into `products`. */
  function multiplyForces(): void {
    const { force, weight } = batch;
    for (let lane = 0; lane < lanes; lane++) {
      for (let k = 0, at = lane * nodes; k < nodes; k++, at++) weighted[at] = weight[lane] * force[at];
    }
    products.fill(0);
    kernels.multiplyTransposedAdd(nodes, lanes, nodes, force, weighted, products);
  }

  return function* (functions: OrderFunctions, pass: number): Generator<number, Pass> {
    const recursion = createRecursion(setup, functions);
    for (let k = 0; k < nodes; k++) recursion.advance(k);
    factorNoise(functions.noise, nodes, factor);
    const failure = kernels.factorCholesky(nodes, factor);
    if (failure >= 0) throw indefinite(failure * problem.learningRate);
    scaleMemory(nodes, problem.learningRate, recursion.scale, functions.memory, memory);
    responses.load(recursion, functions);
    const averages = createAverages(setup);
    const sums: NodeSums[] = Array(nodes);
    let dropped = 0;
    for (let index = 0; index < batches; index++) {
      const lost: number[] = [];
      for (let repeat = 0; ; repeat++) {
        const draws = openBatch(pass, index);
        batch.open(draws, lost);
        draws.coloured.fillNormal(normals);
        for (const lane of lost) for (let k = 0; k < nodes; k++) normals[k * lanes + lane] = 0;
        noise.fill(0);
        kernels.multiplyAdd(nodes, nodes, lanes, factor, normals, noise); // (P.26)
        walk(recursion, sums);
        const memorySums = responses.sum(batch, pass * batches + index);
        const wild = responses.unbounded();
        if (wild.length === 0) {
          multiplyForces();
          averages.addProducts(products, memorySums);
          break;
        }
        if (repeat === MOST_REPEATS) throw unbounded();
        lost.push(...wild);
      }
      for (let k = 0; k < nodes; k++) averages.addNode(k, sums[k]);
      averages.addWeight(batch.weight);
      dropped += lost.length;
      yield (index + 1) / batches;
    }
    return { recursion, averages: averages.finish(), dropped };
  };
}

/** The lower triangle of M_C with a slightly larger diagonal, and zeros above. */
function factorNoise(noise: Float64Array, nodes: number, factor: Float64Array): void {
  factor.fill(0);
  let largest = 0;
  for (let k = 0; k < nodes; k++) largest = Math.max(largest, noise[k * (nodes + 1)]);
  for (let k = 0; k < nodes; k++) {
    for (let j = 0, at = k * nodes; j <= k; j++, at++) factor[at] = noise[at];
    factor[k * (nodes + 1)] += jitterOf(noise[k * (nodes + 1)], largest);
  }
}

function unbounded(): ConvergenceError {
  return new ConvergenceError("The responses of many trajectories grow without bound.", {
    reached: 0,
    advice: "Take a smaller learning rate, or more trajectories.",
  });
}
