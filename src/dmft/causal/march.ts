import { ConvergenceError } from "../../core/errors";
import { bytesOf, createWorkspace, float64Bytes, type Kernels, type Reals } from "../../kernels";
import { type Batch, batchLengths, createBatch, type NodeSums } from "../process/batch";
import { createDraws } from "../process/draws";
import { createFunctions } from "../process/functions";
import { createRecursion } from "../process/recursion";
import { beyond, createExpansion, fillExpansion, LARGEST_RESPONSE, stepAt } from "../process/responses";
import type { Setup } from "../process/setup";
import type { SampledRun } from "../process/solution";
import { createNoiseRows } from "./noise-rows";

/** More trajectories left out than this share make a run worthless. */
const LARGEST_LOSS = 0.05;

/** Whether the averages no longer speak for the process. */
export const losesTooMany = (dropped: number, all: number): boolean => dropped > LARGEST_LOSS * all;

/**
 * A run step by step; yields the share of the work that is done. @param matched steps with matched noise
 * @throws ConvergenceError, MemoryError
 */
export function* createMarch(setup: Setup, run: number, matched: number): Generator<number, SampledRun> {
  const { problem, nodes, lanes, precision, form } = setup;
  const { learningRate: eta, sampleRatio } = problem;
  const { batches: count, openBatch } = createDraws(setup, run);
  const all = count * lanes;
  const historyLength = (all * nodes * (nodes - 1)) / 2;
  const workspace = createWorkspace(marchBytes(setup, count, historyLength));
  const { kernels } = workspace;
  const reals = (length: number): Reals => workspace[precision](length);
  const batches: Batch[] = [];
  for (let index = 0; index < count; index++) {
    batches.push(createBatch(setup, workspace));
    batches[index].open(openBatch(0, index), []);
  }
  const history = reals(historyLength);
  const [memory, largest] = [nodes, all].map(reals);
  const expansion = createExpansion(reals, nodes * all);
  const [memorySums, forceSums, row] = [nodes, nodes, nodes].map((length) => workspace.float64(length));
  const [past, noise, force] = [lanes, lanes, lanes].map((length) => workspace.float64(length));
  const functions = createFunctions(nodes);
  const recursion = createRecursion(setup, functions);
  const noiseRows = createNoiseRows(setup, workspace, functions, batches, { openBatch, matched });
  const dropped = new Set<number>();

  /** Row k of the order functions, from the trajectories at node k. */
  function average(k: number): void {
    const sums = batches.map((batch) => batch.computeForces(k, recursion.overlap[k]));
    const total = batches.reduce((sum, batch) => sum + batch.weight.reduce((x, y) => x + y, 0), 0);
    for (const [index, batch] of batches.entries()) {
      fillExpansion(batch, k, lanes, expansion, k * all + index * lanes);
    }
    memorySums.fill(0);
    if (k > 0) {
      // `memory` is still the row of the step before.
      const steps = stepAt(recursion, k - 1, eta);
      kernels.advanceResponses(k - 1, nodes, all, memory, steps, expansion, history, memorySums, largest);
    }
    sumForces(kernels, setup, batches, k, force, forceSums);
    const share = sampleRatio / total;
    const at = k * nodes;
    for (let j = 0; j <= k; j++) {
      // (P.15)
      functions.noise[at + j] = share * forceSums[j];
      functions.noise[j * nodes + k] = share * forceSums[j];
      if (j < k) functions.memory[at + j] = share * form.responseFactor * memorySums[j]; // (P.16)
    }
    functions.memory[at + k] = share * form.responseFactor * sumOf(sums, "squaredStiffness");
    for (const name of ["curvature", "drive", "radial"] as const) {
      functions[name][k] = share * sumOf(sums, name); // (P.12)
    }
    functions.loss[k] = sumOf(sums, "loss") / total;
    if (!Number.isFinite(functions.radial[k] + functions.noise[at + k])) throw exploded(k * eta);
  }

  /** All trajectories to node k + 1. */
  function step(k: number): void {
    const a = recursion.scale[k];
    for (let j = 0; j < k; j++) {
      row[j] = a * eta * eta * functions.memory[k * nodes + j];
      memory[j] = row[j];
    }
    noiseRows.prepare(k);
    for (const [index, batch] of batches.entries()) {
      past.fill(0);
      kernels.multiplyTransposedAdd(lanes, k, 1, batch.field, row, past);
      noiseRows.fill(k, index, noise);
      batch.step(k, recursion, past, noise, 0);
    }
  }

  /** From node k on a trajectory counts for nothing; without its past it stays bounded. */
  function drop(index: number, k: number): void {
    const batch = batches[Math.floor(index / lanes)];
    batch.drop(index % lanes, k);
    for (let at = index; at < nodes * all; at += all) expansion.weight[at] = 0;
    largest[index] = 0;
    const group = 32 / history.BYTES_PER_ELEMENT;
    const columns = (nodes * (nodes - 1)) / 2;
    const start = Math.floor(index / group) * group * columns + (index % group);
    for (let i = 0; i < columns; i++) history[start + i * group] = 0;
  }

  for (let k = 0; k < nodes; k++) {
    average(k);
    recursion.advance(k);
    if (k === nodes - 1) break;
    step(k);
    for (const index of beyond(largest, LARGEST_RESPONSE)) {
      dropped.add(index);
      drop(index, k + 1);
      if (losesTooMany(dropped.size, all)) throw exploded(k * eta);
    }
    yield ((k + 1) / nodes) ** 3;
  }
  return { functions, residuals: [], dropped: dropped.size, sampled: setup.trajectories };
}

/** Memory of a march with this many batches. */
function marchBytes(setup: Setup, count: number, historyLength: number): number {
  const { nodes, lanes, precision } = setup;
  const all = count * lanes;
  const bytesPerNumber = precision === "float32" ? 4 : 8;
  const doubles = [...batchLengths(setup), (nodes + 2) * lanes];
  return (
    count * float64Bytes(...doubles) +
    float64Bytes(
      ...Array(5).fill(nodes + 2),
      ...Array(4).fill(lanes),
      ...Array(2).fill(Math.max(all, nodes)),
    ) +
    bytesOf(...[historyLength, ...Array(4).fill(nodes * all)].map((length) => bytesPerNumber * length))
  );
}

/** Σ w F_k F_j for all j ≤ k. */
function sumForces(
  kernels: Kernels,
  { nodes, lanes }: Setup,
  batches: readonly Batch[],
  k: number,
  weighted: Float64Array,
  sums: Float64Array,
): void {
  sums.fill(0);
  for (const { force, weight } of batches) {
    for (let lane = 0; lane < lanes; lane++) weighted[lane] = weight[lane] * force[lane * nodes + k];
    kernels.multiplyTransposedAdd(nodes, lanes, 1, force, weighted, sums);
  }
}

const sumOf = (sums: readonly NodeSums[], name: keyof NodeSums): number =>
  sums.reduce((total, one) => total + one[name], 0);

function exploded(t: number): ConvergenceError {
  return new ConvergenceError(
    `The trajectories of the effective process explode at t = ${t.toPrecision(6)}.`,
    {
      reached: t,
      advice: "Take more trajectories, a shorter time, or a smaller learning rate.",
    },
  );
}
