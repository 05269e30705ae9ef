import { floats, record } from "../../core/check";
import { checkShape, type NetworkState, type QuadraticNetwork } from "./network";

/**
 * Order parameters as one vector y, the form the integrators work on: m_0 … m_{p−1}, then Q_jl for j ≤ l by rows,
 * then a_0 … a_{p−1}.
 */
export interface Layout {
  readonly width: number;
  /** Length of y, p + p(p + 1)/2 + p. */
  readonly length: number;
  /** Place of the first a_j. */
  readonly secondLayer: number;
  /** Place of Q_jl, j ≤ l. */
  correlation(j: number, l: number): number;
}

export function createLayout(width: number): Layout {
  const secondLayer = width + (width * (width + 1)) / 2;
  return {
    width,
    length: secondLayer + width,
    secondLayer,
    correlation: (j, l) => diagonal(width, j) + l - j,
  };
}

/** Place of Q_jj in y. */
export function diagonal(width: number, j: number): number {
  return width + j * width - (j * (j - 1)) / 2;
}

/**
 * A state as one vector: m_j, then Q_jl for j ≤ l by rows, then a_j.
 * @throws InvalidParameterError for lists of different widths, or numbers that are not finite.
 */
export function packState(state: NetworkState): Float64Array {
  const { overlap, correlation, secondLayer } = record("state", state);
  const p = floats("initial.overlap", overlap).length;
  checkShape(state, p);
  const layout = createLayout(p);
  const y = new Float64Array(layout.length);
  y.set(overlap);
  for (let j = 0; j < p; j++)
    for (let l = j; l < p; l++) y[layout.correlation(j, l)] = correlation[j * p + l];
  y.set(secondLayer, layout.secondLayer);
  return y;
}

/**
 * The quantities of a state, in a fixed order: risk, excessRisk (risk − Δ/2), maxOverlap (largest |m_j|), then
 * overlap[j], correlation[j,l] for j ≤ l, and secondLayer[j].
 */
export function quantityNames(width: number): string[] {
  const neurons = Array.from({ length: width }, (_, j) => j);
  return [
    "risk",
    "excessRisk",
    "maxOverlap",
    ...neurons.map((j) => `overlap[${j}]`),
    ...neurons.flatMap((j) => neurons.slice(j).map((l) => `correlation[${j},${l}]`)),
    ...neurons.map((j) => `secondLayer[${j}]`),
  ];
}

/** Number of quantities before the components of y. */
const HEAD = 3;

/** Writes the quantities of y, in the order of `quantityNames`. */
export function observeInto(network: QuadraticNetwork, y: ArrayLike<number>, out: Float64Array): void {
  const excess = excessRisk(y, network.width);
  out[0] = excess + network.labelNoise / 2;
  out[1] = excess;
  out[2] = maxOverlap(y, network.width);
  for (let i = 0; i < y.length; i++) out[HEAD + i] = y[i];
}

/** Largest |m_j|. */
export function maxOverlap(y: ArrayLike<number>, width: number): number {
  let largest = 0;
  for (let j = 0; j < width; j++) largest = Math.max(largest, Math.abs(y[j]));
  return largest;
}

/**
 * Population risk above the label noise, R − Δ/2 = ½ E[(λ_*² − f)²] = ½ ((tr B)² + 2 tr B²) with B = ΩS and
 * S = diag(−a/p, 1): eq. (6), and (27) for a = 1.
 */
export function excessRisk(y: ArrayLike<number>, width: number): number {
  const p = width;
  const a = p + (p * (p + 1)) / 2;
  let trace = 1;
  let square = 1;
  let k = p;
  for (let j = 0; j < p; j++) {
    const s = y[a + j] / p;
    trace -= s * y[k];
    square += s * (s * y[k] * y[k] - 2 * y[j] * y[j]);
    k++;
    for (let l = j + 1; l < p; l++, k++) square += ((2 * s * y[a + l]) / p) * y[k] * y[k];
  }
  return 0.5 * (trace * trace + 2 * square); // (Q.4)
}
