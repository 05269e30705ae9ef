import { bytesOf, createWorkspace } from "../../kernels";
import type { Streams } from "../../numerics/streams";
import { projectOnSphere } from "../sphere";

/** Rows of the data that go through both products while they are in the second-level cache. */
export interface DataBlock {
  /** Number of the first row, and how many there are. */
  readonly from: number;
  readonly rows: number;
  /** Room for a number of each row and column. */
  readonly fields: Float32Array;
}

/**
 * Measurements of a signal: M rows ξ_μ/√N of N numbers in single precision, whose rounding errors, 1e-7 of a field, are
 * far below any statistical one. The products work on `columns` vectors at once, interleaved: entry i of vector j
 * stands at i·columns + j.
 */
export interface Measurements {
  /** w0, on |w0|² = N. */
  readonly signal: Float64Array;
  /** h0_μ = ξ_μ·w0/√N */
  readonly labels: Float64Array;
  /** N × columns; the fields are those of what stands here. */
  readonly weights: Float32Array;
  /** N × columns */
  readonly gradient: Float32Array;
  readonly blocks: readonly DataBlock[];
  /** Draws signal and measurements number `index`; yields now and then. */
  draw(streams: Streams, index: number): Generator<void, void>;
  /** Fills a block's `fields` with ξ_μ·w/√N (P.1). */
  project(block: number): void;
  /** Adds Σ_μ fields_μ ξ_μ/√N, μ in the block, to `gradient`: of forces it is g of (P.2). */
  addGradient(block: number): void;
}

/** Half of a small second-level cache. */
const BLOCK_BYTES = 2 ** 18;
/** The products take four rows at a time. */
const TOGETHER = 4;

/** Room for M = `patterns` measurements of N = `size` numbers. @throws MemoryError */
export function createMeasurements(size: number, patterns: number, columns: number): Measurements {
  const most = Math.max(1, Math.floor(BLOCK_BYTES / (4 * size * TOGETHER))) * TOGETHER;
  const heights = Array.from({ length: Math.ceil(patterns / most) }, (_, b) =>
    Math.min(most, patterns - b * most),
  );
  const { kernels, ...memory } = createWorkspace(
    bytesOf(
      ...heights.flatMap((rows) => [4 * rows * size, 4 * rows * columns]),
      8 * size * columns,
      8 * size * columns,
    ),
  );
  const blocks = heights.map((rows, b) => ({
    from: b * most,
    rows,
    matrix: memory.float32(rows * size),
    fields: memory.float32(rows * columns),
  }));
  const weights = memory.float32(size * columns);
  const gradient = memory.float32(size * columns);
  const signal = new Float64Array(size);
  const labels = new Float64Array(patterns);
  const row = new Float64Array(size);
  const scale = 1 / Math.sqrt(size);

  return {
    signal,
    labels,
    weights,
    gradient,
    blocks,
    *draw(streams, index) {
      streams.stream("data", index, 1).fillNormal(signal);
      projectOnSphere(signal);
      const single = weights.subarray(0, size);
      single.set(signal);
      const random = streams.stream("data", index);
      for (const { from, rows, matrix, fields } of blocks) {
        for (let start = 0; start < matrix.length; start += size) {
          random.fillNormal(row);
          for (let i = 0; i < size; i++) matrix[start + i] = scale * row[i];
        }
        const answers = fields.subarray(0, rows).fill(0);
        kernels.multiplyAdd(rows, size, 1, matrix, single, answers);
        labels.set(answers, from);
        yield;
      }
    },
    project(block) {
      const { rows, matrix, fields } = blocks[block];
      kernels.multiplyAdd(rows, size, columns, matrix, weights, fields.fill(0));
    },
    addGradient(block) {
      const { rows, matrix, fields } = blocks[block];
      kernels.multiplyTransposedAdd(size, rows, columns, matrix, fields, gradient);
    },
  };
}
