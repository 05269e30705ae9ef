import { Matrix, solve } from "ml-matrix";
import type { Modes } from "../../models/spherical-sk/modes";
import { exponentialMoments } from "./exponential-moments";

/** Gauss points of a step: within it T_eff·g is the polynomial through its values there. */
const POINTS = 6;
const HALF = [0.2386191860831969, 0.6612093864662645, 0.9324695142031521];
const NODES = [-HALF[2], -HALF[1], -HALF[0], ...HALF].map((x) => (1 + x) / 2);
/** POWERS[l][m]: coefficient of vᵐ in the Lagrange polynomial of node l on [0, 1]. */
const POWERS = NODES.map((_, l) => lagrangePowers(l));

/** Heat in one step, T_eff times its length, below which what is missed of it counts absolutely. */
const LITTLE = 5e-4;

/** The state of all modes at a clock s: y_μ = ⟨x_μ²⟩ with Σ w y = 1, and ln Γ − 2λ1s, Γ = exp(2∫z ds), which stays small. */
export interface SpectralState {
  readonly clock: number;
  readonly y: Float64Array;
  readonly logExcess: number;
}

/** One step from a state, readable at any point within it. */
export interface SpectralStep {
  readonly from: SpectralState;
  readonly length: number;
  /** The constant that stands for z in the exponentials of this step. */
  readonly reference: number;
  /** Coefficients of T_eff·g in powers of (s − from)/length. */
  readonly source: Float64Array;
  /** By how much that polynomial misses T_eff·g at the ends, relative to its size. */
  readonly defect: number;
}

/**
 * Solves dy_μ/ds = 2(μ − z) y_μ + 2T_eff with Σ w y = 1 (docs/equations.md, S3) over one step. With Γ = Γ₀ e^{2r(s − s₀)} g,
 * r the larger of z(s₀) and λ1, the modes are
 *
 *     g y_μ = e^{−2(r − μ)(s − s₀)} y_μ(s₀) + 2 ∫ T_eff g e^{−2(r − μ)(s − u)} du ,   g = Σ w g y_μ      (S4)
 *
 * a linear equation for g, which is solved at the Gauss points of the step with all exponentials exact: fast modes cost
 * nothing, and steps grow with s.
 * @param heatAt T_eff at a clock within the step
 */
export function spectralStep(
  modes: Modes,
  from: SpectralState,
  length: number,
  heatAt: (clock: number) => number,
): SpectralStep {
  const { topEigenvalue } = modes;
  const { multiplier } = momentsOf(modes, from.y);
  const reference = Math.max(topEigenvalue, multiplier + heatAt(from.clock + 1e-9 * length));
  const { free, kernel } = sumOverModes(modes, from.y, reference, length);
  const heat = NODES.map((v) => heatAt(from.clock + v * length));
  if (heat.every((value) => value === 0)) {
    return { from, length, reference, source: new Float64Array(POINTS), defect: 0 };
  }
  const matrix = new Matrix(POINTS, POINTS);
  for (let j = 0; j < POINTS; j++) {
    for (let l = 0; l < POINTS; l++) {
      let coupling = 0;
      for (let m = 0; m < POINTS; m++) coupling += POWERS[l][m] * kernel[j * POINTS + m];
      matrix.set(j, l, (j === l ? 1 : 0) - 2 * length * coupling * heat[l]);
    }
  }
  const g = solve(matrix, Matrix.columnVector(free)).to1DArray();
  const source = new Float64Array(POINTS);
  for (let l = 0; l < POINTS; l++) {
    for (let m = 0; m < POINTS; m++) source[m] += heat[l] * g[l] * POWERS[l][m];
  }
  const step = { from, length, reference, source, defect: 0 };
  const size = Math.max(...g.map((value, l) => value * heat[l]));
  const atStart = Math.abs(source[0] - heatAt(from.clock + 1e-9 * length));
  const exact = heatAt(from.clock + length) * unscaled(modes, step, 1).g;
  const atEnd = Math.abs(source.reduce((sum, value) => sum + value, 0) - exact);
  return { ...step, defect: Math.max(atStart, atEnd) / Math.max(size, LITTLE / length) };
}

/** Σ w e^{−2(r−μ)hv} y at the nodes, and Σ w heat ∫₀ᵛ xᵐ e^{−2(r−μ)h(v − x)} dx. */
function sumOverModes({ topEigenvalue, below, weight, heat }: Modes, y: Float64Array, r: number, h: number) {
  const free = new Array<number>(POINTS).fill(0);
  const kernel = new Float64Array(POINTS * POINTS);
  const moments = new Float64Array(POINTS);
  for (let i = 0; i < below.length; i++) {
    const rate = 2 * h * (r - topEigenvalue + below[i]);
    const share = weight[i] * heat[i];
    for (let j = 0; j < POINTS; j++) {
      free[j] += weight[i] * y[i] * Math.exp(-rate * NODES[j]);
      if (share === 0) continue;
      exponentialMoments(rate, NODES[j], POINTS, moments);
      for (let m = 0; m < POINTS; m++) kernel[j * POINTS + m] += share * moments[m];
    }
  }
  return { free, kernel };
}

/** The state at a share v, from 0 to 1, of a step: (S4) at that point. */
export function stateWithin(modes: Modes, step: SpectralStep, v: number): SpectralState {
  const { from, length, reference } = step;
  if (v === 0) return from;
  const { y, g } = unscaled(modes, step, v);
  for (let i = 0; i < y.length; i++) y[i] /= g;
  return {
    clock: from.clock + v * length,
    y,
    logExcess: from.logExcess + 2 * (reference - modes.topEigenvalue) * v * length + Math.log(g),
  };
}

/** g y_μ and g at a share v above 0 of a step. */
function unscaled({ topEigenvalue, below, weight, heat }: Modes, step: SpectralStep, v: number) {
  const { from, length, reference, source } = step;
  const y = new Float64Array(below.length);
  const moments = new Float64Array(POINTS);
  const hasSource = source.some((value) => value !== 0);
  let g = 0;
  for (let i = 0; i < below.length; i++) {
    const rate = 2 * length * (reference - topEigenvalue + below[i]);
    let value = from.y[i] * Math.exp(-rate * v);
    if (hasSource && heat[i] !== 0) {
      exponentialMoments(rate, v, POINTS, moments);
      let sum = 0;
      for (let m = 0; m < POINTS; m++) sum += source[m] * moments[m];
      value += 2 * length * heat[i] * sum;
    }
    y[i] = value;
    g += weight[i] * value;
  }
  return { y, g };
}

/** Σ w μ y = z − T_eff = −2·loss (S5), and how far it is below λ1, without cancellation. */
export function momentsOf(modes: Modes, y: Float64Array): { multiplier: number; below: number } {
  const { topEigenvalue, below, weight } = modes;
  let distance = 0;
  for (let i = 0; i < y.length; i++) distance += weight[i] * y[i] * below[i];
  return { multiplier: topEigenvalue - distance, below: distance };
}

/** Coefficients of Π_{j≠l} (v − v_j)/(v_l − v_j) in powers of v. */
function lagrangePowers(l: number): number[] {
  let powers = [1];
  for (const [j, node] of NODES.entries()) {
    if (j === l) continue;
    const scale = 1 / (NODES[l] - node);
    const next = new Array<number>(powers.length + 1).fill(0);
    for (const [m, value] of powers.entries()) {
      next[m + 1] += scale * value;
      next[m] -= scale * node * value;
    }
    powers = next;
  }
  return powers;
}
