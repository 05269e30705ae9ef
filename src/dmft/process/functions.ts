import { temperatureAt } from "../../models/phase-retrieval/problem";
import type { Setup } from "./setup";

/**
 * The order functions that the effective process and its averages determine each other by, on the nodes t = kη. Matrices
 * are nodes × nodes, row by row.
 */
export interface OrderFunctions {
  readonly nodes: number;
  /** M_C(k, j) = α⟨F_k F_j⟩, symmetric. */
  readonly noise: Float64Array;
  /** M_R(k, j) = α⟨D_k T(k, j)⟩ for j < k, and on the diagonal its limit M_R(k⁺, k) = α⟨D²⟩; 0 above. */
  readonly memory: Float64Array;
  /** δν = α⟨D⟩ */
  readonly curvature: Float64Array;
  /** μ = α⟨h0 F⟩ */
  readonly drive: Float64Array;
  /** κ = α⟨h̃ F⟩ */
  readonly radial: Float64Array;
  /** ⟨v⟩ */
  readonly loss: Float64Array;
}

export const FUNCTION_NAMES = ["noise", "memory", "curvature", "drive", "radial", "loss"] as const;

export function createFunctions(nodes: number): OrderFunctions {
  return {
    nodes,
    noise: new Float64Array(nodes * nodes),
    memory: new Float64Array(nodes * nodes),
    curvature: new Float64Array(nodes),
    drive: new Float64Array(nodes),
    radial: new Float64Array(nodes),
    loss: new Float64Array(nodes),
  };
}

export const copyFunctions = (functions: OrderFunctions): OrderFunctions => ({
  nodes: functions.nodes,
  noise: functions.noise.slice(),
  memory: functions.memory.slice(),
  curvature: functions.curvature.slice(),
  drive: functions.drive.slice(),
  radial: functions.radial.slice(),
  loss: functions.loss.slice(),
});

/** functions ← functions + gain (fresh − functions) (P.27); positive definite noise stays so. */
export function mix(functions: OrderFunctions, fresh: OrderFunctions, gain: number): void {
  for (const name of FUNCTION_NAMES) {
    const [old, other] = [functions[name], fresh[name]];
    for (let i = 0; i < old.length; i++) old[i] += gain * (other[i] - old[i]);
  }
}

/** T on the nodes. */
export function temperatures({ problem, nodes }: Setup): Float64Array {
  return Float64Array.from({ length: nodes }, (_, k) => temperatureAt(problem, k * problem.learningRate));
}
