import { createWorkspace, float64Bytes } from "../../kernels";
import { type SymmetricTensor, sampleEntries, uniqueEntries } from "./symmetric-tensor";

/** Numbers in the blocks of a tensor. */
function blockEntries(order: number, size: number): number {
  let count = 0;
  forEachBlock(order, size, (start) => {
    count += (size - start) ** 2;
  });
  return count;
}

/** Bytes of {@link createTensorBlocks}, without its vectors. */
export const tensorBlockBytes = (order: number, size: number): number =>
  8 * (uniqueEntries(order, size) + blockEntries(order, size));

/**
 * A symmetric tensor for many vectors at once. Fixing all indices but the last two leaves a symmetric matrix, and one
 * product of it with the vectors as columns gives its form and its gradient for all of them: three times the
 * memory of the unique entries, at the speed of a matrix product.
 * @param most the largest number of vectors.
 */
export function createTensorBlocks(order: number, size: number, most: number): SymmetricTensor {
  const count = uniqueEntries(order, size);
  const blocksLength = blockEntries(order, size);
  const panel = size * most;
  const workspace = createWorkspace(float64Bytes(count, blocksLength, panel, panel, panel));
  const { multiplyAdd } = workspace.kernels;
  const entries = workspace.float64(count);
  const blocks = workspace.float64(blocksLength);
  const [x, gradient, image] = [panel, panel, panel].map((length) => workspace.float64(length));
  /** The last two indices of each block are ≥ start; it stands at `from`. */
  const matrices: { readonly start: number; readonly matrix: Float64Array }[] = [];
  let from = 0;
  forEachBlock(order, size, (start) => {
    const length = (size - start) ** 2;
    matrices.push({ start, matrix: blocks.subarray(from, from + length) });
    from += length;
  });
  /** By level of the recursion: weights of the vectors, and sums over the inner indices. */
  const weights = Array.from({ length: order }, () => new Float64Array(most));
  const sums = Array.from({ length: order }, () => new Float64Array(most));
  let [columns, next] = [0, 0];
  let tails: Float64Array[] = [];

  /** As for unique entries: the sum over the last `open` indices, all ≥ start, for every vector, in sums[open − 1]. */
  function contractFrom(open: number, start: number): void {
    const sum = sums[open - 1].fill(0);
    const weight = weights[open - 1];
    if (open === 2) {
      contractBlock(matrices[next++].matrix, start, weight, sum);
      return;
    }
    for (let i = start; i < size; i++) {
      const row = i * columns;
      for (let r = 0; r < columns; r++) weights[open - 2][r] = weight[r] * x[row + r];
      contractFrom(open - 1, i);
      const inner = sums[open - 2];
      for (let r = 0; r < columns; r++) {
        gradient[row + r] += weight[r] * inner[r];
        sum[r] += x[row + r] * inner[r];
      }
    }
  }

  /** xᵀB x for every column, and its gradient 2 B x times the weight. */
  function contractBlock(matrix: Float64Array, start: number, weight: Float64Array, sum: Float64Array): void {
    const active = size - start;
    image.fill(0, 0, active * columns);
    multiplyAdd(active, active, columns, matrix, tails[start], image);
    for (let j = 0, k = start * columns, at = 0; j < active; j++) {
      for (let r = 0; r < columns; r++, k++, at++) {
        sum[r] += x[k] * image[at];
        gradient[k] += 2 * weight[r] * image[at];
      }
    }
  }

  return {
    order,
    size,
    entries,
    *sample(stream) {
      yield* sampleEntries(stream, entries, order, size);
      let position = 0;
      for (const { start, matrix } of matrices) {
        fillBlock(matrix, size - start, entries, position);
        position += ((size - start) * (size - start + 1)) / 2;
      }
    },
    contract(states, gradients, scale, values) {
      if (columns !== states.length) {
        columns = states.length;
        tails = Array.from({ length: size }, (_, start) => x.subarray(start * columns));
      }
      gather(states, x);
      gather(gradients, gradient);
      weights[order - 1].fill(scale);
      next = 0;
      contractFrom(order, 0);
      scatter(gradient, gradients);
      for (let r = 0; r < columns; r++) values[r] = sums[order - 1][r];
    },
  };
}

/** Calls `visit` with the first of the last two indices, for all values i1 ≤ i2 ≤ … of the others, in their order. */
function forEachBlock(order: number, size: number, visit: (start: number) => void): void {
  visitFrom(order, 0);
  function visitFrom(open: number, start: number): void {
    if (open === 2) visit(start);
    else for (let i = start; i < size; i++) visitFrom(open - 1, i);
  }
}

/** The symmetric matrix whose form is that of a packed upper triangle. */
function fillBlock(matrix: Float64Array, size: number, entries: Float64Array, position: number): void {
  let next = position;
  for (let j = 0; j < size; j++) {
    matrix[j * size + j] = entries[next++];
    for (let k = j + 1; k < size; k++) {
      const half = 0.5 * entries[next++];
      matrix[j * size + k] = half;
      matrix[k * size + j] = half;
    }
  }
}

/** Vectors to the columns of a matrix. */
function gather(vectors: readonly Float64Array[], matrix: Float64Array): void {
  const columns = vectors.length;
  for (const [r, vector] of vectors.entries()) {
    for (let i = 0; i < vector.length; i++) matrix[i * columns + r] = vector[i];
  }
}

/** Columns of a matrix to vectors. */
function scatter(matrix: Float64Array, vectors: readonly Float64Array[]): void {
  const columns = vectors.length;
  for (const [r, vector] of vectors.entries()) {
    for (let i = 0; i < vector.length; i++) vector[i] = matrix[i * columns + r];
  }
}
