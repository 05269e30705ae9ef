import { ConvergenceError } from "../../core/errors";
import { ridgeOf } from "../../models/phase-retrieval/problem";
import { type OrderFunctions, temperatures } from "./functions";
import type { Setup } from "./setup";

/** What follows from the order functions without sampling. */
export interface Recursion {
  /** m */
  readonly overlap: Float64Array;
  /** ν̂ of (P.19), from the kernels; the multiplier of the process where the sphere is kept by it. */
  readonly multiplier: Float64Array;
  /** a_k of (P.23), by which a step is scaled to stay on the sphere; 1 where nothing is projected. */
  readonly scale: Float64Array;
  /** d_k = 1 − η(λ_k + δν_k), the free decay of a step. */
  readonly decay: Float64Array;
  /** C − m m′, nodes × nodes. */
  readonly correlation: Float64Array;
  /** R(k, j), j ≤ k: the field after a unit kick in step j; R(k, k) = 1 is the kick itself. */
  readonly response: Float64Array;
  /** From node k, whose rows of the order functions are known: ν̂_k, and the step to node k + 1 if there is one. */
  advance(k: number): void;
}

/**
 * The exact discretisation with the step η of the equations of m, C and R, (P.13) and (P.17) to (P.19) (the paper's eqs.
 * (14), (A.28), (A.29), corrected, see docs/errata.md: ν̂, not ν̂ + δν, damps m), which is the N → ∞ limit of the discrete
 * algorithm.
 * @param functions read row by row as `advance` comes to them.
 */
export function createRecursion(setup: Setup, functions: OrderFunctions): Recursion {
  const { problem, nodes, sphere, form } = setup;
  const { learningRate: eta, initialOverlap, constraint } = problem;
  const { noise, memory, curvature, drive } = functions;
  const projected = constraint === "sphere" && sphere === "projection";
  const ridge = ridgeOf(problem);
  const temperature = temperatures(setup);
  const square = eta * eta;
  const overlap = new Float64Array(nodes);
  const multiplier = new Float64Array(nodes);
  const scale = new Float64Array(nodes);
  const decay = new Float64Array(nodes);
  const correlation = new Float64Array(nodes * nodes);
  const response = new Float64Array(nodes * nodes);
  /** Q and U of a step (P.22). */
  const q = new Float64Array(nodes);
  const u = new Float64Array(nodes);
  overlap[0] = initialOverlap;
  correlation[0] = constraint === "sphere" ? 1 - initialOverlap ** 2 : 1;
  response[0] = 1;

  function kernelMultiplier(k: number): number {
    const row = k * nodes;
    let sum = 0;
    for (let i = 0; i < k; i++) {
      sum += memory[row + i] * correlation[row + i] + noise[row + i] * response[row + i];
    }
    const m = overlap[k];
    // (P.19)
    return -curvature[k] + temperature[k] + eta * sum - m * drive[k] + curvature[k] * m * m;
  }

  /** Q, U and V (P.22, P.23): the variance of the unscaled step besides the overlap's. */
  function unscaledVariance(k: number, free: number): number {
    const row = k * nodes;
    q.fill(0);
    u.fill(0);
    for (let i = 0; i < k; i++) {
      const weight = square * memory[row + i];
      for (let j = 0, at = i * nodes; j <= k; j++, at++) q[j] += weight * correlation[at];
    }
    for (let j = 0; j <= k; j++) {
      q[j] += free * correlation[row + j];
      const from = j * nodes;
      let sum = 0;
      for (let i = 0; i < j; i++) sum += noise[row + i] * response[from + i];
      u[j] = eta * sum;
    }
    let total = free * (q[k] + 2 * eta * u[k]) + square * noise[row + k] + 2 * temperature[k] * eta;
    for (let i = 0; i < k; i++) total += square * memory[row + i] * (q[i] + 2 * eta * u[i]);
    return total;
  }

  function step(k: number): void {
    const damping = constraint !== "sphere" ? ridge : projected ? 0 : multiplier[k];
    const free = 1 - eta * (damping + curvature[k]);
    const variance = unscaledVariance(k, free);
    const overlapDamping = damping + (form.overlapDamping === "multiplier" ? 0 : curvature[k]);
    // (P.21)
    const mean = (1 - eta * overlapDamping) * overlap[k] - eta * drive[k];
    const size = mean * mean + variance;
    if (!(size > 0 && size < 1e12 && variance > -1e-9)) throw collapsed(k * eta);
    // (P.23)
    const a = projected ? 1 / Math.sqrt(size) : 1;
    const next = (k + 1) * nodes;
    const row = k * nodes;
    overlap[k + 1] = a * mean;
    scale[k] = a;
    decay[k] = free;
    for (let j = 0; j <= k; j++) {
      const c = a * (q[j] + eta * u[j]); // (P.22)
      correlation[next + j] = c;
      correlation[j * nodes + k + 1] = c;
    }
    correlation[next + k + 1] = a * a * variance; // (P.23)
    // (P.24)
    for (let j = 0; j < k; j++) response[next + j] = free * response[row + j];
    for (let i = 0; i < k; i++) {
      const weight = square * memory[row + i];
      // Without i = j: the kick itself is not yet a field.
      for (let j = 0, at = i * nodes; j < i; j++, at++) response[next + j] += weight * response[at];
    }
    for (let j = 0; j < k; j++) response[next + j] *= a;
    response[next + k] = a;
    response[next + k + 1] = 1;
  }

  return {
    overlap,
    multiplier,
    scale,
    decay,
    correlation,
    response,
    advance(k) {
      multiplier[k] = kernelMultiplier(k);
      if (k < nodes - 1) step(k);
    },
  };
}

function collapsed(t: number): ConvergenceError {
  return new ConvergenceError(
    `The order functions of the effective process collapse at t = ${t.toPrecision(6)}.`,
    {
      reached: t,
      advice: "Take more trajectories, a shorter time, or a smaller learning rate.",
    },
  );
}
