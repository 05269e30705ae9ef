import fc from "fast-check";
import { float64Bytes, type Workspace } from "../../../src/kernels";
import { type Check, demand, type Make, numbers } from "./check";

/** Rounding, relative to the sum of the magnitudes of the terms. */
const TOLERANCE = 1e-13;
/** Below, at and above the tiles and halves. */
const SIZES = [0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 16, 17, 31, 33, 66];
const GUARD = -77;

/** Row and column of an entry, from 0. */
type Entry = (i: number, j: number) => number;

/** `work` on a matrix and right-hand sides; what lies between and behind them must stay. */
function guarded(
  make: Make,
  [size, columns]: readonly [number, number],
  work: (workspace: Workspace, matrix: Float64Array, b: Float64Array, pivots: Int32Array) => void,
): void {
  const lengths = [8, size * size, 8, size * columns, 8, size, 8];
  const workspace = make(float64Bytes(...lengths));
  const [first, matrix, second, b, third] = lengths.slice(0, 5).map((length) => workspace.float64(length));
  const pivots = workspace.int32(size);
  const guards = [first, second, third, workspace.float64(8)];
  for (const guard of guards) guard.fill(GUARD);
  work(workspace, matrix, b, pivots);
  for (const guard of guards) {
    demand(
      guard.every((x) => x === GUARD),
      () => `size ${size}: wrote outside its arrays`,
    );
  }
}

function fill(size: number, matrix: Float64Array, entry: Entry): void {
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) matrix[i * size + j] = entry(i, j);
}

/** |Σ_k terms − target| within rounding. */
function demandSum(what: () => string, terms: Iterable<number>, target: number): void {
  let sum = 0;
  let scale = Math.abs(target);
  for (const term of terms) {
    sum += term;
    scale += Math.abs(term);
  }
  demand(Math.abs(sum - target) <= TOLERANCE * scale, () => `${what()}: ${sum}, not ${target}`);
}

function* range(count: number, term: (k: number) => number) {
  for (let k = 0; k < count; k++) yield term(k);
}

/** Factors, and demands L U = P A, multipliers within 1, and a right solution. */
function demandLU(make: Make, label: string, size: number, columns: number, entry: Entry): void {
  guarded(make, [size, columns], ({ kernels }, matrix, b, pivots) => {
    fill(size, matrix, entry);
    const what = (i: number, j: number) => () => `${label}, size ${size}, entry (${i}, ${j})`;
    const failure = kernels.factorLU(size, matrix, pivots);
    demand(failure === -1, () => `${label}, size ${size}: column ${failure} has no pivot`);
    const rows = Array.from({ length: size }, (_, i) => i);
    for (const [k, row] of pivots.entries()) {
      demand(row >= k && row < size, () => `${label}, size ${size}: pivot ${row} at ${k}`);
      [rows[k], rows[row]] = [rows[row], rows[k]];
    }
    const lower: Entry = (i, k) => (i === k ? 1 : matrix[i * size + k]);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        demand(j >= i || Math.abs(lower(i, j)) <= 1, what(i, j));
        const terms = range(Math.min(i, j) + 1, (k) => lower(i, k) * matrix[k * size + j]);
        demandSum(what(i, j), terms, entry(rows[i], j));
      }
    }
    const right = numbers(size * columns, 1);
    b.set(right);
    kernels.solveLU(size, matrix, pivots, columns, b);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < columns; j++) {
        // L (U x) with every term apart: these are the terms that rounding is relative to.
        const terms = range((i + 1) * size, (t) => {
          const [k, m] = [Math.floor(t / size), t % size];
          return m < k ? 0 : lower(i, k) * matrix[k * size + m] * b[m * columns + j];
        });
        demandSum(what(i, j), terms, right[rows[i] * columns + j]);
      }
    }
  });
}

function demandTriangles(make: Make, size: number, columns: number): void {
  // Small off-diagonal entries: the inverse of a random triangle grows like 2ⁿ.
  const entries = numbers(size * size, 2);
  const entry: Entry = (i, j) => (i === j ? 1 + entries[i * size + i] / 2 : entries[i * size + j] / 4);
  for (const transposed of [false, true]) {
    guarded(make, [size, columns], ({ kernels }, matrix, b) => {
      fill(size, matrix, (i, j) => (j > i ? Number.NaN : entry(i, j)));
      const right = numbers(size * columns, 3);
      b.set(right);
      (transposed ? kernels.solveLowerTransposed : kernels.solveLower)(size, matrix, columns, b);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < columns; j++) {
          const terms = transposed
            ? range(size - i, (k) => entry(i + k, i) * b[(i + k) * columns + j])
            : range(i + 1, (k) => entry(i, k) * b[k * columns + j]);
          demandSum(
            () => `${transposed ? "Lᵀ" : "L"} of size ${size}, ${columns} columns, entry (${i}, ${j})`,
            terms,
            right[i * columns + j],
          );
        }
      }
    });
  }
}

function demandCholesky(make: Make, label: string, size: number, entry: Entry): void {
  guarded(make, [size, 0], ({ kernels }, matrix) => {
    fill(size, matrix, (i, j) => (j > i ? Number.NaN : entry(i, j)));
    const failure = kernels.factorCholesky(size, matrix);
    demand(failure === -1, () => `${label}, size ${size}: column ${failure} has no pivot`);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const what = () => `${label}, size ${size}, entry (${i}, ${j})`;
        if (j > i) demand(Number.isNaN(matrix[i * size + j]), what);
        else
          demandSum(
            what,
            range(j + 1, (k) => matrix[i * size + k] * matrix[j * size + k]),
            entry(i, j),
          );
      }
    }
  });
}

/** The failure of either factorisation on one matrix. */
function demandFailure(
  make: Make,
  kind: "LU" | "Cholesky",
  size: number,
  entry: Entry,
  column: number,
): void {
  guarded(make, [size, 0], ({ kernels }, matrix, _b, pivots) => {
    fill(size, matrix, entry);
    const found =
      kind === "LU" ? kernels.factorLU(size, matrix, pivots) : kernels.factorCholesky(size, matrix);
    demand(found === column, () => `${kind}, size ${size}: stops at column ${found}, not ${column}`);
  });
}

const random = (size: number, seed: number): Entry => {
  const entries = numbers(size * size, seed);
  return (i, j) => entries[i * size + j];
};

/** Regular matrices of any size; the names are those of what they probe. */
const MATRICES: Readonly<Record<string, (size: number) => Entry>> = {
  random: (size) => random(size, 4),
  "rows reversed": (size) => (i, j) => (i + j === size - 1 ? 3 : 0),
  "zero diagonal": (size) => {
    const entries = random(size, 5);
    return (i, j) => (i === j && size > 1 ? 0 : entries(i, j));
  },
  "graded rows": (size) => {
    const entries = random(size, 6);
    return (i, j) => 10 ** (-i / 2) * entries(i, j);
  },
  // Partial pivoting doubles the last column at every step: the growth factor is 2ⁿ⁻¹.
  growing: (size) => (i, j) => (j === size - 1 || i === j ? 1 : j < i ? -1 : 0),
};

/** A Aᵀ + 1 for a random A. */
const positive = (size: number): Entry => {
  const a = random(size, 7);
  const product = Array.from({ length: size * size }, (_, t) => {
    const [i, j] = [Math.floor(t / size), t % size];
    return [...range(size, (k) => a(i, k) * a(j, k))].reduce((x, y) => x + y, i === j ? 1 : 0);
  });
  return (i, j) => product[i * size + j];
};

/** By exact elimination without fractions. */
function isRegular(size: number, entry: Entry): boolean {
  const rows = Array.from({ length: size }, (_, i) => [...range(size, (j) => entry(i, j))].map(BigInt));
  let last = 1n;
  for (let k = 0; k < size; k++) {
    const found = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (found < 0) return false;
    [rows[k], rows[found]] = [rows[found], rows[k]];
    for (let i = k + 1; i < size; i++) {
      for (let j = size - 1; j >= k; j--) {
        rows[i][j] = (rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) / last;
      }
    }
    last = rows[k][k];
  }
  return true;
}

const identity: Entry = (i, j) => (i === j ? 1 : 0);
/** Sizes and a place in them, for single bad entries. */
const PLACES = [1, 2, 5, 9, 18, 40].flatMap((size) =>
  [0, size >> 1, size - 1].map((k) => [size, k] as const),
);

const DEFINITE = new Map([...new Set(PLACES.map(([size]) => size))].map((size) => [size, positive(size)]));

export const checks: readonly Check[] = [
  ...Object.entries(MATRICES).map(([label, entry]) => ({
    name: `L U = P A and its solutions, matrices: ${label}`,
    run(make: Make) {
      for (const size of SIZES) demandLU(make, label, size, size % 6, entry(size));
    },
  })),
  {
    name: "L U = P A for matrices of small integers, where they are regular",
    run(make) {
      const matrices = fc
        .integer({ min: 1, max: 11 })
        .chain((n) => fc.array(fc.integer({ min: -2, max: 2 }), { minLength: n * n, maxLength: n * n }));
      const property = fc.property(matrices, (entries) => {
        const size = Math.sqrt(entries.length);
        const entry: Entry = (i, j) => entries[i * size + j];
        if (isRegular(size, entry)) demandLU(make, "integers", size, 2, entry);
      });
      fc.assert(property, { numRuns: 200 });
    },
  },
  {
    name: "solutions of triangles, whatever stands above the diagonal",
    run(make) {
      for (const size of SIZES) for (const columns of [0, 1, 3, 4, 9]) demandTriangles(make, size, columns);
    },
  },
  {
    name: "L Lᵀ = A from the lower triangle alone",
    run(make) {
      for (const size of SIZES) {
        const definite = positive(size);
        demandCholesky(make, "random", size, definite);
        demandCholesky(make, "graded", size, (i, j) => 10 ** (-(i + j) / 4) * definite(i, j));
      }
    },
  },
  {
    name: "the first column without a pivot is told",
    run(make) {
      for (const [size, k] of PLACES) {
        const entries = random(size, 8);
        demandFailure(make, "LU", size, (i, j) => (j === k ? 0 : entries(i, j)), k);
        // Column k is the first again: elimination is exact.
        if (k > 0) demandFailure(make, "LU", size, (i, j) => identity(i, j === k ? 0 : j), k);
        for (const pivot of [0, -1]) {
          demandFailure(make, "Cholesky", size, (i, j) => (i === k ? pivot : 1) * identity(i, j), k);
        }
      }
      demandFailure(make, "LU", 9, (i, j) => 2 ** (i - j), 1);
      demandFailure(make, "Cholesky", 9, (i, j) => 2 ** (i + j), 1);
    },
  },
  {
    name: "NaN and infinity are no pivots",
    run(make) {
      for (const [size, k] of PLACES) {
        const [regular, definite] = [random(size, 9), DEFINITE.get(size)!];
        for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
          for (const at of [0, k, size - 1]) {
            const [row, column] = [Math.max(at, k), Math.min(at, k)];
            const spoilt = (entry: Entry, p: number, q: number): Entry => {
              return (i, j) => (i === p && j === q ? bad : entry(i, j));
            };
            demandFailure(make, "LU", size, spoilt(regular, at, k), k);
            demandFailure(make, "Cholesky", size, spoilt(definite, row, column), row);
          }
        }
      }
    },
  },
];
