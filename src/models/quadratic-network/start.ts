import { createDraws } from "../../numerics/draws";
import { semidefiniteFactor } from "../../numerics/semidefinite";
import type { Streams } from "../../numerics/streams";
import {
  checkSecondLayer,
  checkState,
  type NetworkState,
  type QuadraticNetwork,
  requireDimension,
  transverse,
} from "./network";

/**
 * Where a network starts: given order parameters; or w_j ~ N(0, I), on the sphere if the network is, with a_j = 1
 * ("random") or with a second layer of one's own.
 */
export type NetworkStart = NetworkState | "random" | { readonly secondLayer: Float64Array };

/** Whether the start is the same for every sample. */
export const isGiven = (start: NetworkStart): start is NetworkState =>
  start !== "random" && "overlap" in start;

/** @throws InvalidParameterError named like `initial.overlap`. */
export function checkStart(network: QuadraticNetwork, start: NetworkStart): void {
  if (isGiven(start)) checkState(network, start);
  else if (start !== "random") checkSecondLayer(start.secondLayer, network.width, "initial.");
}

/** The a_j of a start. */
export const secondLayerOf = (start: NetworkStart, width: number): Float64Array =>
  start === "random" ? new Float64Array(width).fill(1) : start.secondLayer;

/** The frame in which a sample starts. */
export function startFrame(
  network: QuadraticNetwork,
  start: NetworkStart,
  streams: Streams,
  sample: number,
): Frame {
  return isGiven(start) ? frameOfState(start) : randomFrame(network, streams, sample);
}

/** The order parameters with which a sample starts. */
export function startState(
  network: QuadraticNetwork,
  start: NetworkStart,
  streams: Streams,
  sample: number,
): NetworkState {
  if (isGiven(start)) return start;
  const frame = randomFrame(network, streams, sample);
  return stateOfFrame(frame, network.width, secondLayerOf(start, network.width));
}

/**
 * The vectors w_j/√d in a frame of p + 1 axes whose first is w_* / √d: row-major p × (p + 1), lower trapezoidal
 * (row j ends at column j + 1). m_j is its first column and Q = A Aᵀ.
 */
export type Frame = Float64Array;

/** The frame of given order parameters. @param state one that `checkState` accepts. */
export function frameOfState(state: NetworkState): Frame {
  const p = state.overlap.length;
  const factor = semidefiniteFactor(transverse(state), p);
  const frame = new Float64Array(p * (p + 1));
  for (let j = 0; j < p; j++) {
    frame[j * (p + 1)] = state.overlap[j];
    for (let k = 0; k <= j; k++) frame[j * (p + 1) + k + 1] = factor ? factor[j * p + k] : 0;
  }
  return frame;
}

/** Order parameters of a frame. @param secondLayer default a_j = 1 */
export function stateOfFrame(
  frame: Frame,
  width: number,
  secondLayer: Float64Array = new Float64Array(width).fill(1),
): NetworkState {
  const n = width + 1;
  const correlation = new Float64Array(width * width);
  for (let j = 0; j < width; j++) {
    for (let l = 0; l <= j; l++) {
      let sum = 0;
      for (let k = 0; k <= l + 1; k++) sum += frame[j * n + k] * frame[l * n + k];
      correlation[j * width + l] = correlation[l * width + j] = sum;
    }
  }
  return {
    overlap: Float64Array.from({ length: width }, (_, j) => frame[j * n]),
    correlation,
    secondLayer,
  };
}

/**
 * The frame of p independent w_j ~ N(0, I_d) (eq. (18)), each put on the sphere if the network is constrained to
 * it: exact at any d ≥ p + 1 by Bartlett's decomposition, row j having standard normals in columns 0 … j and
 * a χ with d − 1 − j degrees of freedom behind them. Purpose "start" of the sample.
 *
 * @throws InvalidParameterError without a finite dimension of at least p + 1.
 */
export function randomFrame(network: QuadraticNetwork, streams: Streams, sample: number): Frame {
  const { width: p, constraint } = network;
  const d = requireDimension(network);
  const draws = createDraws(streams.stream("start", sample, 0), streams.stream("start", sample, 1), 16);
  const n = p + 1;
  const frame = new Float64Array(p * n);
  for (let j = 0; j < p; j++) {
    let square = 0;
    for (let k = 0; k <= j; k++) {
      const x = draws.normal();
      frame[j * n + k] = x;
      square += x * x;
    }
    const rest = draws.chiSquare(d - 1 - j);
    frame[j * n + j + 1] = Math.sqrt(rest);
    const norm = Math.sqrt(constraint === "sphere" ? square + rest : d);
    for (let k = 0; k <= j + 1; k++) frame[j * n + k] /= norm;
  }
  return frame;
}
