import type { MemoryCoefficients, MemoryIntegrals } from "../../kernels";
import type { History } from "./history";
import { ofLatest, type RowVectors } from "./vectors";

/**
 * The memory integrals of the row being solved, row t, for every earlier t':
 *
 *   correlation[j] = ∫₀ᵗ Q''(C(t,u)) R(t,u) C(u,t'ⱼ) du        response[j] = ∫_t'ᵗ Q''(C(t,u)) R(t,u) R(u,t'ⱼ) du
 *   forcing[j] = ∫₀ᵗ' Q'(C(t,u)) R(t'ⱼ,u) du
 *
 * by the trapezoid rule, but for the end point u = t (which multiplies the unknown itself) and for the
 * half weight at u = t'ⱼ, which are left to the caller: both depend on the row alone.
 */
export interface Memory {
  readonly integrals: MemoryIntegrals;
  /** ds·Q''(C) R and ds·Q'(C) along the row. */
  readonly coefficients: MemoryCoefficients;
  /**
   * Takes the coefficients from row i, with Q', Q'' along it; returns the oldest row that matters, from which on the integrals
   * must then be swept: what is forgotten to rounding is left out.
   */
  load(i: number): number;
  /** Adds rows `from` ≤ k < `to` to the integrals; all that matter, in order, complete it. */
  sweep(from: number, to: number): void;
  /**
   * Brings complete integrals up to a row that has changed, by a sweep of the change of the coefficients. The
   * change lives near the diagonal: the oldest rows, with the share `neglect` of it, are left out.
   */
  update(i: number, neglect: number): void;
}

/** Of all coefficients, the share that the forgotten rows have: nothing beside rounding. */
const FORGOTTEN = 1e-17;

/** Vectors that the integrals take from the workspace of the history. */
export const MEMORY_VECTORS = 10;

export function createMemory(history: History, { row, inner, first, second }: RowVectors): Memory {
  const { grid, workspace } = history;
  const { memoryCoefficients, sweepTwoTime } = workspace.kernels;
  const vector = () => workspace.float64(grid.size);
  const createIntegrals = () => ({ correlation: vector(), response: vector(), forcing: vector() });
  const [coefficients, change] = [1, 2].map(() => ({ kernel: vector(), source: vector() }));
  const [integrals, changeOfIntegrals] = [createIntegrals(), createIntegrals()];
  const triangles = { correlation: history.correlation, response: history.response };
  /** What coefficients are made of, and where they go. */
  const into = (target: MemoryCoefficients) =>
    ofLatest((i) => ({ weight: inner, first, second, response: row(i).response, ...target }));
  const [whole, renewed] = [into(coefficients), into(change)];

  return {
    integrals,
    coefficients,

    load(i) {
      memoryCoefficients(i, whole(i));
      const oldest = oldestOf(i, coefficients, FORGOTTEN * sizeOf(i, coefficients));
      clearBefore(oldest, integrals.correlation, integrals.response, integrals.forcing);
      return oldest;
    },

    sweep(from, to) {
      sweepTwoTime(from, to, triangles, coefficients, integrals);
    },

    update(i, neglect) {
      memoryCoefficients(i, renewed(i));
      const oldest = takeChange(i, coefficients, change, neglect);
      clearBefore(oldest, change.kernel, change.source);
      clearBefore(
        oldest,
        changeOfIntegrals.correlation,
        changeOfIntegrals.response,
        changeOfIntegrals.forcing,
      );
      sweepTwoTime(oldest, i, triangles, change, changeOfIntegrals);
      for (let j = 0; j < i; j++) {
        integrals.correlation[j] += changeOfIntegrals.correlation[j];
        integrals.response[j] += changeOfIntegrals.response[j];
        integrals.forcing[j] += changeOfIntegrals.forcing[j];
      }
    },
  };
}

/**
 * Turns new coefficients of `count` columns into their change and adds it to the old ones, from the first column on that is
 * not left out; returns that column.
 */
function takeChange(
  count: number,
  { kernel, source }: MemoryCoefficients,
  change: MemoryCoefficients,
  neglect: number,
): number {
  for (let k = 0; k < count; k++) {
    change.kernel[k] -= kernel[k];
    change.source[k] -= source[k];
  }
  const oldest = oldestOf(count, change, neglect * sizeOf(count, change));
  for (let k = oldest; k < count; k++) {
    kernel[k] += change.kernel[k];
    source[k] += change.source[k];
  }
  return oldest;
}

/** The sum of the absolute values of `count` coefficients. */
function sizeOf(count: number, { kernel, source }: MemoryCoefficients): number {
  let total = 0;
  for (let k = 0; k < count; k++) total += Math.abs(kernel[k]) + Math.abs(source[k]);
  return total;
}

/** The first column such that those before it add up to no more than `allowance`. */
function oldestOf(count: number, { kernel, source }: MemoryCoefficients, allowance: number): number {
  let left = 0;
  for (let k = 0; k < count; k++) {
    left += Math.abs(kernel[k]) + Math.abs(source[k]);
    if (left > allowance) return k;
  }
  return count;
}

function clearBefore(end: number, ...vectors: readonly Float64Array[]): void {
  for (const vector of vectors) vector.fill(0, 0, end);
}
