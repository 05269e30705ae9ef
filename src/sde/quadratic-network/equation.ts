import {
  createDrift,
  createLayout,
  projectOnSphere,
  type QuadraticNetwork,
  requireDimension,
  secondLayerFactor,
} from "../../models/quadratic-network";
import { factorInto } from "../../numerics/semidefinite";
import type { Stepper, StochasticEquation } from "../equation";
import { addItoDrift, createNoiseCovariance } from "./covariance";

/** What to keep of the 1/d corrections. */
export interface DiffusionOptions {
  /** The factors 1 + 6/d and 1 + 2/d of the drift. */
  readonly finiteDimension?: boolean;
  /** The Itô drift of the normalisation, on the sphere. */
  readonly itoDrift?: boolean;
}

/**
 * The order parameters as a diffusion: dy = drift dt + √(γ/(p d)) dN, Cov(dN) = C dt (Escaping mediocrity, App. D.2),
 * projected on the sphere if the network is. The unknowns are the packed order parameters; an untrained second layer
 * stands still.
 */
export function networkEquation(
  network: QuadraticNetwork,
  options: DiffusionOptions = {},
): StochasticEquation {
  const { width: p, constraint } = network;
  const { drift, strength, covariance } = driftOf(network, options);
  const { length } = createLayout(p);
  const n = covariance.size;
  const matrix = new Float64Array(n * n);
  const factor = new Float64Array(n * n);
  const line = new Float64Array(n);

  /** C → J C Jᵀ, J the projection of an increment: along rows, then along columns. */
  function project(y: Float64Array): void {
    for (let i = 0; i < n; i++) projectOnSphere(p, y, matrix.subarray(i * n, (i + 1) * n));
    for (let k = 0; k < n; k++) {
      for (let i = 0; i < n; i++) line[i] = matrix[i * n + k];
      projectOnSphere(p, y, line);
      for (let i = 0; i < n; i++) matrix[i * n + k] = line[i];
    }
  }

  return {
    size: length,
    drift,
    diffusion(y, out) {
      covariance.load(y);
      for (let i = 0; i < n; i++) {
        for (let k = 0; k <= i; k++) matrix[i * n + k] = matrix[k * n + i] = covariance.entry(i, k);
      }
      if (constraint === "sphere") project(y);
      // A step may leave the domain by a little: the nearest semidefinite factor serves there.
      factorInto(matrix, n, factor);
      out.fill(0);
      for (let i = 0; i < n; i++) {
        for (let k = 0; k <= i; k++) out[i * length + k] = strength * factor[i * n + k]; // (Q.10)
      }
    },
  };
}

function driftOf(network: QuadraticNetwork, { finiteDimension = false, itoDrift = false }: DiffusionOptions) {
  const { width: p, learningRate, constraint } = network;
  const amount = learningRate / (p * requireDimension(network));
  const mean = createDrift(network, finiteDimension);
  const covariance = createNoiseCovariance(network);
  const corrected = itoDrift && constraint === "sphere";
  const drift = (y: Float64Array, out: Float64Array) => {
    mean(y, out);
    if (!corrected) return;
    covariance.load(y);
    addItoDrift(p, covariance, y, amount, out);
  };
  return { drift, covariance, strength: Math.sqrt(amount) };
}

/**
 * A weak Euler step that takes its noise from one update of SGD in place of a factor of C: the increment minus its mean,
 * with a random sign, which takes the third moments away that weak order 1 forbids. O(p³/6) a step for the factor of
 * Q − m mᵀ, and no factor of the p²/2 × p²/2 matrix C.
 */
export function sampledScheme(network: QuadraticNetwork, options: DiffusionOptions = {}): Stepper {
  const { width: p, learningRate, labelNoise, constraint, trainSecondLayer } = network;
  const { drift, strength } = driftOf(network, options);
  const secondRate = secondLayerFactor(network);
  const mean = createDrift({ ...network, constraint: "none" });
  const layout = createLayout(p);
  const a = new Float64Array(layout.length);
  const noise = new Float64Array(layout.length);
  const expected = new Float64Array(layout.length);
  const across = new Float64Array(p * p);
  const factor = new Float64Array(p * p);
  const z = new Float64Array(p);
  const fields = new Float64Array(p);

  /** λ_* and the λ_j of a fresh example. */
  function drawFields(y: Float64Array, normal: () => number): number {
    for (let j = 0; j < p; j++) {
      for (let l = j; l < p; l++) across[l * p + j] = y[layout.correlation(j, l)] - y[j] * y[l];
    }
    factorInto(across, p, factor);
    const target = normal();
    for (let j = 0; j < p; j++) {
      z[j] = normal();
      fields[j] = y[j] * target;
      for (let k = 0; k <= j; k++) fields[j] += factor[j * p + k] * z[k];
    }
    return target;
  }

  return (y, h, normal, sign) => {
    drift(y, a);
    mean(y, expected);
    const target = drawFields(y, normal);
    let displacement = target * target + (labelNoise > 0 ? Math.sqrt(labelNoise) * normal() : 0);
    for (let j = 0; j < p; j++) displacement -= (y[layout.secondLayer + j] * fields[j] * fields[j]) / p;
    for (let j = 0; j < p; j++) {
      const own = y[layout.secondLayer + j];
      noise[j] = 2 * own * displacement * fields[j] * target;
      noise[layout.secondLayer + j] = trainSecondLayer
        ? secondRate * displacement * fields[j] * fields[j]
        : 0;
      for (let l = j; l < p; l++) {
        const other = y[layout.secondLayer + l];
        const linear = 2 * (own + other) * displacement;
        const square = ((4 * learningRate) / p) * own * other * displacement * displacement;
        noise[layout.correlation(j, l)] = (linear + square) * fields[j] * fields[l];
      }
    }
    for (let i = 0; i < y.length; i++) noise[i] -= expected[i];
    if (constraint === "sphere") projectOnSphere(p, y, noise);
    const amount = strength * Math.sqrt(h) * sign();
    for (let i = 0; i < y.length; i++) y[i] += h * a[i] + amount * noise[i];
  };
}
