import { type QuadraticNetwork, requireDimension } from "../../models/quadratic-network";
import type { Draws } from "../../numerics/draws";
import { createOrderRecursion, type ReducedStart, type SgdProcess } from "./recursion";
import { createSingleProcess } from "./single";

/** Steps between two computations of the order parameters from the rows; their rounding errors stay far below 1e-12. */
const REFRESH = 64;

/**
 * The exact law of the order parameters of SGD at any dimension d ≥ p + 1, in O(p²) operations a step, none of which
 * depends on d. The input enters only through its components h along w_* and the w_j, p + 1 independent normals,
 * and through the length of the rest, whose square is χ² with d − p − 1 degrees of freedom. The w_j/√d are kept as rows
 * of a lower trapezoidal matrix A (a frame); after the update A_j + (u_j/d)(h, √χ²), Givens rotations, which
 * leave the first axis and all scalar products alone, restore that form. Between refreshes m and Q = A Aᵀ follow
 * their exact recursion; Q stays positive semidefinite. A single neuron has its own, faster {@link createSingleProcess}.
 */
export function createReducedProcess(
  network: QuadraticNetwork,
  draws: Draws,
  start: (sample: number) => ReducedStart,
  refreshEvery = REFRESH,
): SgdProcess {
  const { width: p, labelNoise, constraint } = network;
  if (p === 1) return createSingleProcess(network, draws, start);
  const d = requireDimension(network);
  const onSphere = constraint === "sphere";
  const noise = Math.sqrt(labelNoise);
  const rest = d - p - 1;
  const recursion = createOrderRecursion(network);
  const { order, fields, increment, scale } = recursion;
  const perDimension = 1 / d;

  // By columns, p long; the last of the p + 2 takes the new direction during a step and is 0 between steps.
  const columns = new Float64Array(p * (p + 2));
  const h = new Float64Array(p + 2);
  let steps = 0;

  /** Rotates columns k and k + 1 from row `first` on: column k gets c·left + s·right. */
  function rotate(k: number, first: number, c: number, s: number): void {
    const end = (k + 1) * p;
    for (let at = k * p + first; at < end; at++) {
      const left = columns[at];
      const right = columns[at + p];
      columns[at] = c * left + s * right;
      columns[at + p] = c * right - s * left;
    }
  }

  /** Adds (u_j/d) h to the rows and restores their form. */
  function add(): void {
    // Turn the axes until h has no more than two components; this fills one diagonal above the old form.
    let length = h[p + 1];
    for (let k = p; k >= 1; k--) {
      const x = h[k];
      const r = Math.sqrt(x * x + length * length);
      if (r > 0) rotate(k, k - 1, x / r, length / r);
      length = r;
    }
    const along = h[0] * perDimension;
    const across = length * perDimension;
    for (let j = 0; j < p; j++) {
      columns[j] += increment[j] * along;
      columns[p + j] += increment[j] * across;
    }
    for (let j = 0; j < p; j++) {
      const at = (j + 1) * p + j;
      const x = columns[at];
      const y = columns[at + p];
      const r = Math.sqrt(x * x + y * y);
      if (r > 0) rotate(j + 1, j, x / r, y / r);
      columns[at + p] = 0;
    }
  }

  /** λ_j = A_j · h. */
  function project(): void {
    const first = h[0];
    for (let j = 0; j < p; j++) fields[j] = columns[j] * first;
    for (let k = 1; k <= p; k++) {
      const x = h[k];
      for (let j = k - 1, at = k * p + j; j < p; j++, at++) fields[j] += columns[at] * x;
    }
  }

  function rescale(): void {
    for (let j = 0; j < p; j++) columns[j] *= scale[j];
    for (let k = 1; k <= p; k++) {
      for (let j = k - 1, at = k * p + j; j < p; j++, at++) columns[at] *= scale[j];
    }
  }

  /** Order parameters from the rows. */
  function refresh(): void {
    for (let j = 0, place = p; j < p; j++) {
      order[j] = columns[j];
      for (let l = j; l < p; l++, place++) {
        let sum = 0;
        for (let k = 0; k <= j + 1; k++) sum += columns[k * p + j] * columns[k * p + l];
        order[place] = sum;
      }
    }
  }

  return {
    order,
    start(sample) {
      const { frame, secondLayer } = start(sample);
      columns.fill(0);
      for (let j = 0; j < p; j++) {
        for (let k = 0; k <= j + 1; k++) columns[k * p + j] = frame[j * (p + 1) + k];
      }
      order.set(secondLayer, order.length - p);
      steps = 0;
      refresh();
    },
    step() {
      let square = draws.chiSquare(rest);
      h[p + 1] = Math.sqrt(square);
      for (let k = 0; k <= p; k++) {
        const x = draws.normal();
        h[k] = x;
        square += x * x;
      }
      project();
      recursion.update(h[0], noise > 0 ? noise * draws.normal() : 0, square * perDimension);
      add();
      if (onSphere) rescale();
      if (++steps % refreshEvery === 0) refresh();
    },
  };
}
