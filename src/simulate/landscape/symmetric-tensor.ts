import { integerAtLeast } from "../../core/check";
import { createWorkspace, float64Bytes } from "../../kernels";
import type { Stream } from "../../numerics/streams";

/** A random symmetric tensor of order p over N components, and its form on several vectors. */
export interface SymmetricTensor {
  readonly order: number;
  readonly size: number;
  /** The unique entries i1 ≤ i2 ≤ … ≤ ip in lexicographic order. */
  readonly entries: Float64Array;
  /**
   * New independent entries: standard normal times √(distinct permutations), which gives the form Σ_{i1≤…≤ip} entry · x_{i1} … x_{ip} the covariance (x·x')^p exactly, as N^p
   * iid entries would. A generator: it stops after every chunk of numbers, so that the caller can let other work through.
   */
  sample(stream: Stream): Generator<void, void>;
  /**
   * values[r] = V(x_r), V(x) = Σ_{i1≤…≤ip} entry · x_{i1} … x_{ip}; adds `scale` · ∂V/∂x at x_r to gradients[r].
   * Four floating-point operations an entry and vector.
   */
  contract(
    states: readonly Float64Array[],
    gradients: readonly Float64Array[],
    scale: number,
    values: Float64Array,
  ): void;
}

/** Number of unique entries, binomial(N + p − 1, p). */
export function uniqueEntries(order: number, size: number): number {
  let count = 1;
  for (let k = 1; k <= order; k++) count = (count * (size + k - 1)) / k;
  return Math.round(count);
}

/**
 * Room for a symmetric tensor, all zero until `sample` is called, kept as its unique entries: the vectors are contracted
 * one after the other.
 * @param order p, at least 2. @param size N, at least 1.
 * @throws InvalidParameterError
 */
export function createSymmetricTensor(order: number, size: number): SymmetricTensor {
  integerAtLeast("order", order, 2);
  integerAtLeast("size", size, 1);
  const count = uniqueEntries(order, size);
  const workspace = createWorkspace(float64Bytes(count, size, size));
  const { contractTriangle } = workspace.kernels;
  const entries = workspace.float64(count);
  const x = workspace.float64(size);
  const gradient = workspace.float64(size);
  let position = 0;

  // The sum over the last `open` indices, all ≥ start; `weight` is scale times the product of x over the indices
  // before them. Differentiating with respect to index i of this level leaves weight · (inner sum): no division.
  function contractFrom(open: number, start: number, weight: number): number {
    if (open === 2) {
      const at = position;
      position += ((size - start) * (size - start + 1)) / 2;
      return contractTriangle(entries, at, start, x, gradient, weight);
    }
    let sum = 0;
    for (let i = start; i < size; i++) {
      const inner = contractFrom(open - 1, i, weight * x[i]);
      gradient[i] += weight * inner;
      sum += x[i] * inner;
    }
    return sum;
  }

  return {
    order,
    size,
    entries,
    sample: (stream) => sampleEntries(stream, entries, order, size),
    contract(states, gradients, scale, values) {
      for (const [r, state] of states.entries()) {
        x.set(state);
        gradient.set(gradients[r]);
        position = 0;
        values[r] = contractFrom(order, 0, scale);
        gradients[r].set(gradient);
      }
    },
  };
}

/** Even, so that chunked and unchunked filling take the same numbers from a stream that makes them in pairs. */
const CHUNK = 1 << 16;

/** Fills the unique entries of a tensor, see {@link SymmetricTensor.sample}. */
export function* sampleEntries(
  stream: Stream,
  entries: Float64Array,
  order: number,
  size: number,
): Generator<void, void> {
  for (let from = 0; from < entries.length; from += CHUNK) {
    stream.fillNormal(entries, from, Math.min(from + CHUNK, entries.length));
    yield;
  }
  weightByPermutations(entries, order, size);
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
