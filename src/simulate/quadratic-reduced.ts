import { type QuadraticNetwork, requireDimension } from "../models/quadratic-network";
import type { Frame } from "../models/quadratic-start";
import type { Draws } from "../numerics/draws";
import { createOrderRecursion, type SgdProcess } from "./quadratic-recursion";

/** Steps between two computations of the order parameters from the rows; their rounding errors stay far below 1e-12. */
const REFRESH = 64;

/**
 * The exact law of the order parameters of SGD at any dimension d ≥ p + 1, in O(p²) operations a step, none of which
 * depends on d. The input enters only through its components h along w_* and the w_j, p + 1 independent normals,
 * and through the length of the rest, whose square is χ² with d − p − 1 degrees of freedom. The w_j/√d are kept as rows
 * of a lower trapezoidal matrix A ({@link Frame}); after the update A_j + (u_j/d)(h, √χ²), Givens rotations, which
 * leave the first axis and all scalar products alone, restore that form. Between refreshes m and Q = A Aᵀ follow
 * their exact recursion; Q stays positive semidefinite.
 */
export function createReducedProcess(
  network: QuadraticNetwork,
  frame: Frame,
  secondLayer: ArrayLike<number>,
  draws: Draws,
): SgdProcess {
  const { width: p, labelNoise } = network;
  const d = requireDimension(network);
  const noise = Math.sqrt(labelNoise);
  const rest = d - p - 1;
  const recursion = createOrderRecursion(network, secondLayer);
  const { order, fields, push, scale } = recursion;

  // Rows of p + 2: the last column takes the new direction during a step and is 0 between steps.
  const stride = p + 2;
  const size = p * stride;
  const rows = new Float64Array(size);
  for (let j = 0; j < p; j++) rows.set(frame.subarray(j * (p + 1), (j + 1) * (p + 1)), j * stride);
  const h = new Float64Array(stride);
  let steps = 0;

  /** Rotates columns k and k + 1 of the rows from `first` on: column k gets c·left + s·right. */
  function rotate(k: number, first: number, c: number, s: number): void {
    for (let at = first * stride + k; at < size; at += stride) {
      const left = rows[at];
      const right = rows[at + 1];
      rows[at] = c * left + s * right;
      rows[at + 1] = c * right - s * left;
    }
  }

  /** Adds (u_j/d) h to the rows and restores their form. */
  function add(): void {
    // Turn the axes until h has no more than two components; this fills one diagonal above the old form.
    let length = h[p + 1];
    for (let k = p; k >= 1; k--) {
      const r = Math.sqrt(h[k] * h[k] + length * length);
      if (r > 0) rotate(k, k - 1, h[k] / r, length / r);
      length = r;
    }
    for (let j = 0; j < p; j++) {
      const u = push[j] / d;
      rows[j * stride] += u * h[0];
      rows[j * stride + 1] += u * length;
    }
    for (let j = 0; j < p; j++) {
      const at = j * stride + j + 1;
      const r = Math.sqrt(rows[at] * rows[at] + rows[at + 1] * rows[at + 1]);
      if (r > 0) rotate(j + 1, j, rows[at] / r, rows[at + 1] / r);
      rows[at + 1] = 0;
    }
  }

  function refresh(): void {
    for (let j = 0, place = p; j < p; j++) {
      const own = j * stride;
      order[j] = rows[own];
      for (let l = j; l < p; l++, place++) {
        const other = l * stride;
        let sum = 0;
        for (let k = 0; k <= j + 1; k++) sum += rows[own + k] * rows[other + k];
        order[place] = sum;
      }
    }
  }

  refresh();
  return {
    order,
    step() {
      let square = draws.chiSquare(rest);
      h[p + 1] = Math.sqrt(square);
      for (let k = 0; k <= p; k++) {
        const x = draws.normal();
        h[k] = x;
        square += x * x;
      }
      for (let j = 0; j < p; j++) {
        const own = j * stride;
        let sum = 0;
        for (let k = 0; k <= j + 1; k++) sum += rows[own + k] * h[k];
        fields[j] = sum;
      }
      recursion.update(h[0], noise > 0 ? noise * draws.normal() : 0, square / d);
      add();
      for (let j = 0; j < p; j++) {
        const factor = scale[j];
        if (factor === 1) continue;
        const own = j * stride;
        for (let k = 0; k <= j + 1; k++) rows[own + k] *= factor;
      }
      if (++steps % REFRESH === 0) refresh();
    },
  };
}
