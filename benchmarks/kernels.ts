import { createWorkspace, float64Bytes, type Layer, useKernels, type Workspace } from "../src/kernels";
import type { Benchmark, Timing } from "./benchmark";
import { compileNative } from "./native";

/** One kernel at one size, with inputs of its own. */
interface Case {
  readonly name: string;
  /** The kernel in native/dense.c, or a program of its own. */
  readonly native: string;
  readonly size: number;
  /** Runs of the native program in one timing; ours takes as many, the plain layer a quarter. */
  readonly repeats: number;
  readonly ratio?: number;
  readonly agreement: number;
  readonly bytes: (size: number) => number;
  /** Makes the inputs; `run` can be called again and again, `check` gives a number of the result. */
  readonly prepare: (workspace: Workspace, size: number) => { run(): void; check(): number };
}

/** Columns of the products. */
const COLUMNS = 32;
const productBytes = (size: number) => float64Bytes(size * size, size * COLUMNS, size * COLUMNS);
const vectorBytes = (size: number) => float64Bytes(size * size, size, size);

const CASES: readonly Case[] = [
  {
    name: "J X, N = 1000, 32 columns, f64",
    native: "product",
    size: 1000,
    repeats: 20,
    ratio: 4.5,
    agreement: 1e-10,
    bytes: productBytes,
    prepare: (workspace, size) => prepareProduct(workspace, size, "float64"),
  },
  {
    name: "J X, N = 1000, 32 columns, f32, against f64 in C",
    native: "product",
    size: 1000,
    repeats: 20,
    ratio: 2.5,
    agreement: 1e-4,
    bytes: productBytes,
    prepare: (workspace, size) => prepareProduct(workspace, size, "float32"),
  },
  {
    name: "symmetric J x, N = 3000",
    native: "vector",
    size: 3000,
    repeats: 20,
    agreement: 1e-10,
    bytes: vectorBytes,
    prepare(workspace, size) {
      const matrix = inputs(workspace.float64(size * size));
      const x = inputs(workspace.float64(size));
      const y = workspace.float64(size);
      return {
        run: () => workspace.kernels.symmetricTimesVector(size, matrix, x, y),
        check: () => meanSquare(y),
      };
    },
  },
  ...[1000, 2000].map((size) => ({
    name: `two-time sweep, n = ${size}`,
    native: "sweep",
    size,
    repeats: 100_000 / size,
    agreement: 1e-9,
    bytes: (rows: number) => float64Bytes(rows * (rows + 1), ...Array(5).fill(rows)),
    prepare: prepareSweep,
  })),
  {
    name: "LU with partial pivoting, n = 400",
    native: "lu",
    size: 400,
    repeats: 30,
    ratio: 4,
    agreement: 1e-8,
    bytes: (size) => float64Bytes(size * size, size * size, size),
    prepare(workspace, size) {
      const matrix = inputs(workspace.float64(size * size));
      const factors = workspace.float64(size * size);
      const pivots = workspace.int32(size);
      return {
        run() {
          factors.set(matrix);
          workspace.kernels.factorLU(size, factors, pivots);
        },
        check: () => logDiagonal(size, factors),
      };
    },
  },
  {
    name: "Cholesky, n = 400",
    native: "cholesky",
    size: 400,
    repeats: 60,
    agreement: 1e-8,
    bytes: (size) => float64Bytes(size * size, size * size),
    prepare(workspace, size) {
      const matrix = inputs(workspace.float64(size * size));
      for (let i = 0; i < size; i++) matrix[i * (size + 1)] = size;
      const factors = workspace.float64(size * size);
      return {
        run() {
          factors.set(matrix);
          workspace.kernels.factorCholesky(size, factors);
        },
        check: () => logDiagonal(size, factors),
      };
    },
  },
];

const NORMALS: Case = {
  name: "a million normals",
  native: "normals",
  size: 1_000_000,
  repeats: 5,
  ratio: 1,
  agreement: 1e-12,
  bytes: (size) => float64Bytes(size),
  prepare(workspace, size) {
    const out = workspace.float64(size);
    const stream = { key0: 1, key1: 2, purpose: 3, sample: 4, block: 5 };
    return {
      run: () => workspace.kernels.normals(stream, 0, size / 2, out),
      check: () => meanSquare(out),
    };
  },
};

/** The kernels with SIMD against native/dense.c, native/normals.c and the plain layer. */
export function kernels(): readonly Benchmark[] {
  const dense = compileNative("dense");
  const normals = compileNative("normals");
  return [...CASES, NORMALS].map((kernel) => {
    const { name, size, repeats, ratio, agreement } = kernel;
    const ours = timer("simd", kernel, repeats);
    return {
      name,
      size,
      ours: async () => ours(),
      baseline:
        kernel === NORMALS
          ? normals && (() => normals(size, repeats))
          : dense && (() => dense(kernel.native, size, repeats)),
      plain: timer("plain", kernel, Math.ceil(repeats / 4)),
      agreement,
      goal: { ratio },
    };
  });
}

/** Times a kernel on a layer, after one run to warm up; the inputs are made at the first call. */
function timer(layer: Layer, { bytes, prepare, size }: Case, repeats: number): () => Timing {
  let prepared: ReturnType<Case["prepare"]> | undefined;
  return () => {
    if (!prepared) {
      useKernels(layer);
      prepared = prepare(createWorkspace(bytes(size)), size);
      useKernels("simd");
    }
    prepared.run();
    const start = process.cpuUsage();
    for (let run = 0; run < repeats; run++) prepared.run();
    const cpuSeconds = process.cpuUsage(start).user / 1e6 / repeats;
    return { cpuSeconds, check: prepared.check() };
  };
}

function prepareProduct(workspace: Workspace, size: number, type: "float64" | "float32") {
  const matrix = inputs(workspace[type](size * size));
  const b = inputs(workspace[type](size * COLUMNS));
  const c = workspace[type](size * COLUMNS);
  return {
    run() {
      c.fill(0);
      workspace.kernels.multiplyAdd(size, size, COLUMNS, matrix, b, c);
    },
    check: () => meanSquare(c),
  };
}

function prepareSweep(workspace: Workspace, rows: number) {
  const both = inputs(workspace.float64(rows * (rows + 1)));
  const correlation = both.subarray(0, both.length / 2);
  const response = both.subarray(both.length / 2);
  const values = inputs(new Float64Array(2 * rows));
  const coefficients = { kernel: workspace.float64(rows), source: workspace.float64(rows) };
  coefficients.kernel.set(values.subarray(0, rows));
  coefficients.source.set(values.subarray(rows));
  const [memory, forcing, delayed] = [1, 2, 3].map(() => workspace.float64(rows));
  const integrals = { correlation: memory, forcing, response: delayed };
  const sums = [memory, forcing, delayed];
  return {
    run: () => workspace.kernels.sweepTwoTime(0, rows, { correlation, response }, coefficients, integrals),
    check: () => sums.reduce((sum, values) => sum + meanSquare(values) / sums.length, 0),
  };
}

/** The inputs of native/dense.c, in [−1/2, 1/2). */
function inputs<T extends Float64Array | Float32Array>(values: T): T {
  for (let k = 0; k < values.length; k++) {
    let i = k ^ (k >>> 16);
    i = Math.imul(i, 0x85ebca6b);
    i ^= i >>> 13;
    i = Math.imul(i, 0xc2b2ae35);
    values[k] = ((i ^ (i >>> 16)) >>> 0) / 2 ** 32 - 0.5;
  }
  return values;
}

function meanSquare(values: Float64Array | Float32Array): number {
  let sum = 0;
  for (const x of values) sum += x * x;
  return sum / values.length;
}

function logDiagonal(size: number, factors: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.log(Math.abs(factors[i * (size + 1)]));
  return sum;
}
