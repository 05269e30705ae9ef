import { integerAtLeast } from "../core/check";
import type { Stream } from "../numerics/streams";

/**
 * A symmetric tensor G of order p over N components, kept as its unique entries i1 ≤ i2 ≤ … ≤ ip in
 * lexicographic order, each already multiplied with the square root of the number of its distinct permutations.
 */
export interface SymmetricTensor {
  readonly order: number;
  readonly size: number;
  readonly entries: Float64Array;
  /**
   * New independent entries: standard normal times √(distinct permutations), which gives the form
   * Σ_{i1≤…≤ip} entry · x_{i1} … x_{ip} the covariance (x·x')^p exactly, as N^p iid entries would.
   * A generator: it stops after every chunk of numbers, so that the caller can let other work through.
   */
  sample(stream: Stream): Generator<void, void>;
  /**
   * The value V(x) = Σ_{i1≤…≤ip} entry · x_{i1} … x_{ip}; adds `scale` · ∂V/∂x to `gradient`. One pass over the
   * entries, four floating-point operations an entry.
   */
  contract(x: Float64Array, gradient: Float64Array, scale: number): number;
}

/** Number of unique entries, binomial(N + p − 1, p). */
export function uniqueEntries(order: number, size: number): number {
  let count = 1;
  for (let k = 1; k <= order; k++) count = (count * (size + k - 1)) / k;
  return Math.round(count);
}

/** Even, so that chunked and unchunked filling take the same numbers from a stream that makes them in pairs. */
const CHUNK = 1 << 16;

/**
 * Room for a symmetric tensor, all zero until `sample` is called.
 * @param order p, at least 2. @param size N, at least 1.
 * @throws InvalidParameterError
 */
export function createSymmetricTensor(order: number, size: number): SymmetricTensor {
  integerAtLeast("order", order, 2);
  integerAtLeast("size", size, 1);
  const entries = new Float64Array(uniqueEntries(order, size));
  return {
    order,
    size,
    entries,
    *sample(stream) {
      for (let from = 0; from < entries.length; from += CHUNK) {
        stream.fillNormal(entries, from, Math.min(from + CHUNK, entries.length));
        yield;
      }
      weightByPermutations(entries, order, size);
    },
    contract: order === 2 ? contractMatrix : contractTensor,
  };

  function contractMatrix(x: Float64Array, gradient: Float64Array, scale: number): number {
    return contractTriangle(entries, 0, 0, x, gradient, scale);
  }

  function contractTensor(x: Float64Array, gradient: Float64Array, scale: number): number {
    let position = 0;
    return contractFrom(order, 0, scale);

    // The sum over the last `open` indices, all ≥ start; `weight` is scale times the product of x over the indices
    // before them. Differentiating with respect to index i of this level leaves weight · (inner sum): no division.
    function contractFrom(open: number, start: number, weight: number): number {
      let sum = 0;
      for (let i = start; i < size; i++) {
        let inner: number;
        if (open === 3) {
          inner = contractTriangle(entries, position, i, x, gradient, weight * x[i]);
          position += ((size - i) * (size - i + 1)) / 2;
        } else {
          inner = contractFrom(open - 1, i, weight * x[i]);
        }
        gradient[i] += weight * inner;
        sum += x[i] * inner;
      }
      return sum;
    }
  }
}

/**
 * Σ_{start≤j≤k<N} A_jk x_j x_k for the rows packed from `position` on; adds weight times its gradient. Four rows
 * go together: x_k and gradient_k are then loaded once for four entries, and the four dot products overlap. The
 * triangle where the four rows meet the diagonal is written out: as a loop it costs a third of the speed.
 */
function contractTriangle(
  entries: Float64Array,
  position: number,
  start: number,
  x: Float64Array,
  gradient: Float64Array,
  weight: number,
): number {
  const size = x.length;
  let sum = 0;
  let j = start;
  // Entry (j, k) stands at row0 + k, entry (j + 1, k) at row1 + k, and so on.
  let row0 = position - start;
  for (; j + 3 < size; j += 4) {
    const row1 = row0 + (size - j - 1);
    const row2 = row1 + (size - j - 2);
    const row3 = row2 + (size - j - 3);
    const x0 = x[j];
    const x1 = x[j + 1];
    const x2 = x[j + 2];
    const x3 = x[j + 3];
    const a00 = entries[row0 + j];
    const a01 = entries[row0 + j + 1];
    const a02 = entries[row0 + j + 2];
    const a03 = entries[row0 + j + 3];
    const a11 = entries[row1 + j + 1];
    const a12 = entries[row1 + j + 2];
    const a13 = entries[row1 + j + 3];
    const a22 = entries[row2 + j + 2];
    const a23 = entries[row2 + j + 3];
    const a33 = entries[row3 + j + 3];
    let dot0 = a00 * x0 + a01 * x1 + a02 * x2 + a03 * x3;
    let dot1 = a11 * x1 + a12 * x2 + a13 * x3;
    let dot2 = a22 * x2 + a23 * x3;
    let dot3 = a33 * x3;
    const w0 = weight * x0;
    const w1 = weight * x1;
    const w2 = weight * x2;
    const w3 = weight * x3;
    for (let k = j + 4; k < size; k++) {
      const a0 = entries[row0 + k];
      const a1 = entries[row1 + k];
      const a2 = entries[row2 + k];
      const a3 = entries[row3 + k];
      const xk = x[k];
      dot0 += a0 * xk;
      dot1 += a1 * xk;
      dot2 += a2 * xk;
      dot3 += a3 * xk;
      gradient[k] += w0 * a0 + w1 * a1 + (w2 * a2 + w3 * a3);
    }
    gradient[j] += weight * dot0 + w0 * a00;
    gradient[j + 1] += weight * dot1 + w0 * a01 + w1 * a11;
    gradient[j + 2] += weight * dot2 + w0 * a02 + w1 * a12 + w2 * a22;
    gradient[j + 3] += weight * dot3 + w0 * a03 + w1 * a13 + w2 * a23 + w3 * a33;
    sum += x0 * dot0 + x1 * dot1 + x2 * dot2 + x3 * dot3;
    row0 = row3 + (size - j - 4);
  }
  for (; j < size; j++) {
    const rowWeight = weight * x[j];
    let dot = 0;
    for (let k = j; k < size; k++) {
      const a = entries[row0 + k];
      dot += a * x[k];
      gradient[k] += rowWeight * a;
    }
    gradient[j] += weight * dot;
    sum += x[j] * dot;
    row0 += size - j - 1;
  }
  return sum;
}

/** Multiplies each entry with √(p! / Π m!), m the multiplicities of its indices. */
function weightByPermutations(entries: Float64Array, order: number, size: number): void {
  let permutations = 1;
  for (let k = 2; k <= order; k++) permutations *= k;
  let position = 0;
  weightFrom(order, 0, 0, permutations);

  // `run` is how often the index `start` already stands at the end of the prefix.
  function weightFrom(open: number, start: number, run: number, count: number): void {
    for (let i = start; i < size; i++) {
      const repeats = i === start ? run + 1 : 1;
      if (open > 1) weightFrom(open - 1, i, repeats, count / repeats);
      else entries[position++] *= Math.sqrt(count / repeats);
    }
  }
}
