import {
  createLayout,
  type Frame,
  type QuadraticNetwork,
  requireDimension,
} from "../../models/quadratic-network";
import type { Draws } from "../../numerics/draws";
import type { Stream } from "../../numerics/streams";
import { dot } from "../dot";
import { createOrderRecursion, type SgdProcess } from "./recursion";

/** Steps between two computations of the order parameters from the vectors. */
const REFRESH = 256;

/** A start. `start` also takes the draws to the sample's streams. */
export interface VectorStart {
  /** The w_j. */
  readonly weights: Float64Array;
  readonly secondLayer: ArrayLike<number>;
  /** Normals for the x, d a step. */
  readonly inputs: Stream;
}

/**
 * One-pass SGD with the vectors themselves: w_* = (1, …, 1) and p rows of d weights, row-major; d normals a step
 * (Escaping mediocrity, eqs. (4), (20) and (25)). Between refreshes the order parameters follow their exact
 * recursion, because scalar products would cost p times as much as the update.
 *
 * @param draws normals for the label noise.
 */
export function createVectorProcess(
  network: QuadraticNetwork,
  draws: Draws,
  start: (sample: number) => VectorStart,
  refreshEvery = REFRESH,
): SgdProcess {
  const { width: p, labelNoise } = network;
  const d = requireDimension(network);
  const noise = Math.sqrt(labelNoise);
  const root = Math.sqrt(d);
  const layout = createLayout(p);
  const recursion = createOrderRecursion(network);
  const { order, fields, increment, scale } = recursion;
  const input = new Float64Array(d);
  const weights = new Float64Array(p * d);
  const rows = Array.from({ length: p }, (_, j) => weights.subarray(j * d, (j + 1) * d));
  let inputs: Stream;
  let steps = 0;

  function refresh(): void {
    for (let j = 0; j < p; j++) {
      order[j] = sum(rows[j]) / d;
      for (let l = j; l < p; l++) order[layout.correlation(j, l)] = dot(rows[j], rows[l]) / d;
    }
  }

  return {
    order,
    start(sample) {
      const begin = start(sample);
      weights.set(begin.weights);
      order.set(begin.secondLayer, layout.secondLayer);
      inputs = begin.inputs;
      steps = 0;
      refresh();
    },
    step() {
      inputs.fillNormal(input);
      for (let j = 0; j < p; j++) fields[j] = dot(rows[j], input) / root;
      recursion.update(sum(input) / root, noise > 0 ? noise * draws.normal() : 0, dot(input, input) / d);
      for (let j = 0; j < p; j++) addScaled(rows[j], scale[j], (scale[j] * increment[j]) / root, input);
      if (++steps % refreshEvery === 0) refresh();
    },
  };
}

function sum(x: Float64Array): number {
  let [a, b] = [0, 0];
  let i = 0;
  for (; i + 1 < x.length; i += 2) {
    a += x[i];
    b += x[i + 1];
  }
  return i < x.length ? a + b + x[i] : a + b;
}

/** y ← factor·y + amount·x. */
function addScaled(y: Float64Array, factor: number, amount: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] = factor * y[i] + amount * x[i];
}

/** Vectors of independent normals, on the sphere if the network is: the random start of eq. (18), as it is. */
export function randomVectors(network: QuadraticNetwork, stream: Stream): Float64Array {
  const d = requireDimension(network);
  const weights = new Float64Array(network.width * d);
  stream.fillNormal(weights);
  if (network.constraint === "sphere") {
    for (let j = 0; j < network.width; j++) scaleTo(weights.subarray(j * d, (j + 1) * d), Math.sqrt(d));
  }
  return weights;
}

/** Vectors with the order parameters of a frame, in random directions orthogonal to w_*. */
export function vectorsOfFrame(network: QuadraticNetwork, frame: Frame, stream: Stream): Float64Array {
  const { width: p } = network;
  const d = requireDimension(network);
  const axes = [new Float64Array(d).fill(1 / Math.sqrt(d))];
  for (let k = 0; k < p; k++) {
    const axis = new Float64Array(d);
    stream.fillNormal(axis);
    // Twice, because one pass of Gram-Schmidt leaves rounding behind.
    for (const other of [...axes, ...axes]) {
      const along = axis.reduce((sum, x, i) => sum + x * other[i], 0);
      for (let i = 0; i < d; i++) axis[i] -= along * other[i];
    }
    scaleTo(axis, 1);
    axes.push(axis);
  }
  const weights = new Float64Array(p * d);
  for (let j = 0; j < p; j++) {
    for (const [k, axis] of axes.entries()) {
      const amount = frame[j * (p + 1) + k] * Math.sqrt(d);
      for (let i = 0; i < d; i++) weights[j * d + i] += amount * axis[i];
    }
  }
  return weights;
}

function scaleTo(vector: Float64Array, length: number): void {
  const norm = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  for (let i = 0; i < vector.length; i++) vector[i] *= length / norm;
}
