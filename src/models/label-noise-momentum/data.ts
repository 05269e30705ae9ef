import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { createStreams } from "../../numerics/streams";
import { type Bilinear, productOf } from "./bilinear";
import type { MatrixSensingModel, MatrixUvModel, UvModel } from "./problem";

/** Blocks of the streams, so that inputs, targets and starts are independent. */
const BLOCKS = { inputs: 0, target: 1, start: 2, test: 3 } as const;
export type DataBlock = keyof typeof BLOCKS;

/** P inputs of the vector UV model: normals, scaled to the mean square μ2 exactly. */
export function uvInputs({ samples, inputVariance }: UvModel, seed: number | string): Float64Array {
  const x = dataNormals(samples, seed, "inputs");
  const scale = Math.sqrt((inputVariance * samples) / x.reduce((sum, y) => sum + y * y, 0));
  return x.map((y) => scale * y);
}

/** Vector UV without activation as a bilinear model: A_a = x_a/√n, L = (1/2P) Σ r². */
export function uvBilinear(model: UvModel, seed: number | string): Bilinear {
  const { n, samples } = model;
  const measurements = uvInputs(model, seed).map((x) => x / Math.sqrt(n));
  return {
    rows: 1,
    columns: 1,
    width: n,
    measurements,
    targets: new Float64Array(samples),
    scale: 1 / samples,
  };
}

/**
 * Vector UV without activation in its two exact coordinates, equation (LN24): the parts of u + v and u − v keep their
 * directions, so that n can be 1 with one residual √(Pμ2/n) u v, whose noise has the law of that of all P.
 */
export function uvReduced({ n, samples, inputVariance }: UvModel): Bilinear {
  return {
    rows: 1,
    columns: 1,
    width: 1,
    measurements: Float64Array.of(Math.sqrt((samples * inputVariance) / n)),
    targets: new Float64Array(1),
    scale: 1 / samples,
  };
}

/** Matrix UV: one residual an input and output, A = e_j x_aᵀ/√n. The weights are U (m × n), then Vᵀ (d × n). */
export function matrixUvBilinear(model: MatrixUvModel, seed: number | string): Bilinear {
  const { n, samples, inputDimension: d, outputDimension: m, inputVariance, rank } = model;
  const x = dataNormals(samples * d, seed, "inputs");
  const scale = Math.sqrt(inputVariance / (d * n));
  const measurements = new Float64Array(samples * m * m * d);
  for (let a = 0; a < samples; a++) {
    for (let j = 0; j < m; j++) {
      const at = (a * m + j) * m * d + j * d;
      for (let l = 0; l < d; l++) measurements[at + l] = scale * x[a * d + l];
    }
  }
  return withTeacher(
    { rows: m, columns: d, width: n, measurements, scale: 1 / samples },
    samples * m,
    rank,
    seed,
  );
}

/** Matrix sensing: normal A_i, L = (1/(dP)) Σ r², so that the scale is 2/(dP) (Flatter, faster, App. A.2). */
export function sensingBilinear({ d, rank, samples }: MatrixSensingModel, seed: number | string): Bilinear {
  const measurements = dataNormals(samples * d * d, seed, "inputs");
  return withTeacher(
    { rows: d, columns: d, width: d, measurements, scale: 2 / (d * samples) },
    samples,
    rank,
    seed,
  );
}

/** The target X* of the labels: a normal matrix cut to its largest `rank` singular values; row-major. */
export function targetMatrix(
  rows: number,
  columns: number,
  rank: number,
  seed: number | string,
): Float64Array {
  const out = new Float64Array(rows * columns);
  if (rank === 0) return out;
  const full = Matrix.from1DArray(rows, columns, dataNormals(rows * columns, seed, "target"));
  const {
    leftSingularVectors: U,
    diagonal,
    rightSingularVectors: V,
  } = new SingularValueDecomposition(full, {
    autoTranspose: true,
  });
  for (let j = 0; j < rows; j++) {
    for (let l = 0; l < columns; l++) {
      for (let k = 0; k < rank; k++) out[j * columns + l] += U.get(j, k) * diagonal[k] * V.get(l, k);
    }
  }
  return out;
}

function withTeacher(
  frame: Omit<Bilinear, "targets">,
  count: number,
  rank: number,
  seed: number | string,
): Bilinear {
  const target = targetMatrix(frame.rows, frame.columns, rank, seed);
  const area = target.length;
  const targets = Float64Array.from({ length: count }, (_, i) =>
    target.reduce((sum, x, k) => sum + x * frame.measurements[i * area + k], 0),
  );
  return { ...frame, targets };
}

/** Start of the vector UV model: independent normals, or moved to |u|² = |v|² = n and u·v = 0. */
export function uvStart(n: number, seed: number | string, onManifold: boolean): Float64Array {
  const w = dataNormals(2 * n, seed, "start");
  if (!onManifold) return w;
  const [u, v] = [w.subarray(0, n), w.subarray(n)];
  scaleTo(u, Math.sqrt(n));
  const along = productOf({ rows: 1, columns: 1, width: n }, w)[0] / n;
  for (let k = 0; k < n; k++) v[k] -= along * u[k];
  scaleTo(v, Math.sqrt(n));
  return w;
}

/**
 * A start on the manifold for any activation and any inputs, with |u|² = |v|² = n: neurons in pairs of equal v_k and opposite u_k,
 * so that f = 0; one that is left over has u_k = 0.
 */
export function pairedStart(n: number, seed: number | string): Float64Array {
  const half = Math.floor(n / 2);
  const w = dataNormals(2 * n, seed, "start");
  const [u, v] = [w.subarray(0, n), w.subarray(n)];
  for (let k = 0; k < half; k++) {
    u[half + k] = -u[k];
    v[half + k] = v[k];
  }
  if (n % 2 === 1) u[n - 1] = 0;
  scaleTo(u, Math.sqrt(n));
  scaleTo(v, Math.sqrt(n));
  return w;
}

/** The start of matrix sensing: U = V = I. */
export function identityStart(d: number): Float64Array {
  return Float64Array.from({ length: 2 * d * d }, (_, i) => ((i % (d * d)) % (d + 1) === 0 ? 1 : 0));
}

/** Independent normals as weights. */
export const normalStart = (size: number, seed: number | string) => dataNormals(size, seed, "start");

/** Independent normals for a purpose. */
export function dataNormals(count: number, seed: number | string, block: DataBlock): Float64Array {
  const out = new Float64Array(count);
  createStreams(seed).stream("disorder", 0, BLOCKS[block]).fillNormal(out);
  return out;
}

function scaleTo(vector: Float64Array, length: number): void {
  const norm = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  for (let i = 0; i < vector.length; i++) vector[i] *= length / norm;
}
