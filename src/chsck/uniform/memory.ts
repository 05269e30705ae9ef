import { type History, rowStart } from "./history";

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
  readonly correlation: Float64Array;
  readonly response: Float64Array;
  readonly forcing: Float64Array;
  /** Weights ds·Q''(C) R of the integrals along the row. */
  readonly kernel: Float64Array;
  /** Takes the coefficients from row i and Q', Q'' along it; the integrals must then be swept. */
  load(i: number, first: Float64Array, second: Float64Array): void;
  /** Adds rows `from` ≤ k < `to` to the integrals; all of them, in order, complete it. */
  sweep(from: number, to: number): void;
  /**
   * Brings complete integrals up to a row that has changed, by a sweep of the change of the coefficients. The
   * change lives near the diagonal: the oldest rows, with the share `neglect` of it, are left out.
   */
  update(i: number, first: Float64Array, second: Float64Array, neglect: number): void;
}

/** Vectors that the integrals take from the workspace of the history. */
export const MEMORY_VECTORS = 10;

/** @param inner weight of each node inside an integral, in the history's workspace. */
export function createMemory(history: History, inner: Float64Array): Memory {
  const { grid, correlation: C, response: R, workspace } = history;
  const { memoryCoefficients, sweepTwoTime } = workspace.kernels;
  const vectors = Array.from({ length: MEMORY_VECTORS }, () => workspace.float64(grid.size));
  const [correlation, response, forcing, kernel, source] = vectors;
  const rowOf = (i: number) => R.subarray(rowStart(i), rowStart(i) + i);
  const [kernelChange, sourceChange, dCorrelation, dResponse, dForcing] = vectors.slice(5);

  return {
    correlation,
    response,
    forcing,
    kernel,

    load(i, first, second) {
      memoryCoefficients(i, inner, first, second, rowOf(i), kernel, source);
    },

    sweep(from, to) {
      sweepTwoTime(from, to, C, R, kernel, source, correlation, forcing, response);
    },

    update(i, first, second, neglect) {
      memoryCoefficients(i, inner, first, second, rowOf(i), kernelChange, sourceChange);
      let total = 0;
      for (let k = 0; k < i; k++) {
        kernelChange[k] -= kernel[k];
        sourceChange[k] -= source[k];
        total += Math.abs(kernelChange[k]) + Math.abs(sourceChange[k]);
      }
      let oldest = 0;
      for (let left = 0; oldest < i; oldest++) {
        left += Math.abs(kernelChange[oldest]) + Math.abs(sourceChange[oldest]);
        if (left > neglect * total) break;
      }
      for (let k = oldest; k < i; k++) {
        kernel[k] += kernelChange[k];
        source[k] += sourceChange[k];
      }
      kernelChange.fill(0, 0, oldest);
      sourceChange.fill(0, 0, oldest);
      dCorrelation.fill(0, 0, oldest);
      dResponse.fill(0, 0, oldest);
      dForcing.fill(0, 0, oldest);
      sweepTwoTime(oldest, i, C, R, kernelChange, sourceChange, dCorrelation, dForcing, dResponse);
      for (let j = 0; j < i; j++) {
        correlation[j] += dCorrelation[j];
        response[j] += dResponse[j];
        forcing[j] += dForcing[j];
      }
    },
  };
}
