import { integerAtLeast, nonNegative, positive, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { semidefiniteFactor } from "../../numerics/semidefinite";

/**
 * One-pass SGD of a two-layer network f = (1/p) Σ_j a_j λ_j², λ_j = w_j·x, on the phase-retrieval target
 * y = λ_*² + √Δ z, λ_* = w_*·x, with x ~ N(0, I/d) and |w_*|² = d (Arnaboldi, Krzakala, Loureiro & Stephan,
 * Escaping mediocrity, Sec. 1). Times are t = νγ/(p d) after ν updates; loss is (y − f)²/2.
 */
export interface QuadraticNetwork {
  /** Width p, an integer of at least 1. */
  readonly width: number;
  /** Learning rate γ of the first layer, above 0. */
  readonly learningRate: number;
  /** Variance Δ of the label noise. */
  readonly labelNoise: number;
  /** "sphere": every w_j is put back on |w_j|² = d after each update. */
  readonly constraint: "sphere" | "none";
  /** Whether the a_j learn too. */
  readonly trainSecondLayer: boolean;
  /** Learning rate of the second layer: γ/d, or γ ("first-layer", d times faster). */
  readonly secondLayerRate: "per-dimension" | "first-layer";
  /** Dimension d; Infinity in the limit. */
  readonly dimension: number;
}

/**
 * Order parameters: m_j = w_j·w_* / d, Q_jl = w_j·w_l/d (row-major p × p), and the second layer a_j. They are the
 * covariance Ω = [[Q, m], [mᵀ, 1]] of (λ, λ_*).
 */
export interface NetworkState {
  readonly overlap: Float64Array;
  readonly correlation: Float64Array;
  readonly secondLayer: Float64Array;
}

/** Distance from 1 that the Q_jj of a start on the sphere may have; rounding of a text with a few digits. */
const NORM_TOLERANCE = 1e-9;

/** The network with its defaults. */
export function quadraticNetwork(
  settings: Partial<QuadraticNetwork> & Pick<QuadraticNetwork, "learningRate">,
): QuadraticNetwork {
  positive("learningRate", record("settings", settings).learningRate);
  return {
    width: 1,
    labelNoise: 0,
    constraint: "sphere",
    trainSecondLayer: false,
    secondLayerRate: "per-dimension",
    dimension: Infinity,
    ...settings,
  };
}

/** @throws InvalidParameterError for the first number out of range; a finite d must be at least p + 1. */
export function checkNetwork(network: QuadraticNetwork): void {
  const { width, learningRate, labelNoise, dimension } = record("network", network);
  integerAtLeast("width", width, 1);
  positive("learningRate", learningRate);
  nonNegative("labelNoise", labelNoise);
  if (dimension !== Infinity) requireDimension(network);
  if (network.trainSecondLayer && network.secondLayerRate === "first-layer" && dimension === Infinity) {
    throw new InvalidParameterError(
      "dimension",
      null,
      'an integer: with secondLayerRate "first-layer" the second layer runs d times faster than the first',
    );
  }
}

/** The dimension of a finite network. @throws InvalidParameterError unless d is an integer of at least p + 1. */
export function requireDimension({ dimension, width }: QuadraticNetwork): number {
  if (!Number.isInteger(dimension) || dimension < width + 1) {
    throw new InvalidParameterError(
      "dimension",
      dimension === Infinity ? null : dimension,
      `an integer of at least width + 1, ${width + 1}`,
    );
  }
  return dimension;
}

/**
 * Checks a start against its network.
 * @throws InvalidParameterError named `initial.overlap`, `initial.correlation` or `initial.secondLayer`: wrong
 *   length, a Q that is not symmetric or not positive semidefinite, Q_jj ≠ 1 on the sphere, or an m that no
 *   vectors with these Q can have.
 */
export function checkState(network: QuadraticNetwork, state: NetworkState): void {
  const { width: p, constraint } = network;
  const { overlap, correlation } = state;
  checkShape(state, p, "initial.");
  for (let j = 0; j < p; j++) {
    const norm = correlation[j * p + j];
    if (constraint === "sphere" && Math.abs(norm - 1) > NORM_TOLERANCE) {
      throw new InvalidParameterError(`initial.correlation[${j}][${j}]`, norm, "1 on the sphere");
    }
    for (let l = 0; l < j; l++) {
      if (correlation[j * p + l] === correlation[l * p + j]) continue;
      throw new InvalidParameterError(
        `initial.correlation[${j}][${l}]`,
        correlation[j * p + l],
        `a symmetric matrix: the ${correlation[l * p + j]} across the diagonal`,
      );
    }
  }
  if (!semidefiniteFactor(correlation, p)) {
    throw new InvalidParameterError(
      "initial.correlation",
      [...correlation],
      "a positive semidefinite matrix",
    );
  }
  if (!semidefiniteFactor(transverse(state), p)) {
    throw new InvalidParameterError(
      "initial.overlap",
      [...overlap],
      "overlaps that vectors with these correlations can have: Q − m mᵀ positive semidefinite",
    );
  }
}

/** Q − m mᵀ: correlations of the parts of the w_j orthogonal to w_*. */
export function transverse({ overlap, correlation }: NetworkState): Float64Array {
  const p = overlap.length;
  return correlation.map((q, i) => q - overlap[Math.floor(i / p)] * overlap[i % p]);
}

/** @throws InvalidParameterError, its name after `prefix`, unless all are finite numbers, as many as p neurons have. */
export function checkShape(
  { overlap, correlation, secondLayer }: NetworkState,
  p: number,
  prefix = "",
): void {
  requireNumbers(`${prefix}overlap`, overlap, p, `a list of ${p} finite numbers, one a neuron`);
  requireNumbers(`${prefix}correlation`, correlation, p * p, `a ${p} by ${p} matrix of finite numbers`);
  checkSecondLayer(secondLayer, p, prefix);
}

/** @throws InvalidParameterError, its name after `prefix`, unless there is a finite a_j for each of p neurons. */
export function checkSecondLayer(secondLayer: Float64Array, p: number, prefix: string): void {
  requireNumbers(`${prefix}secondLayer`, secondLayer, p, `a list of ${p} finite numbers, one a neuron`);
}

function requireNumbers(parameter: string, values: Float64Array, length: number, allowed: string): void {
  if (values.length !== length || !values.every(Number.isFinite)) {
    throw new InvalidParameterError(parameter, [...values], allowed);
  }
}
