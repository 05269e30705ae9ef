import type { Tridiagonal } from "./tridiagonal";

/** Relative distance at which two pivots or eigenvalues are the same. */
const ROUNDING = 2 ** -52;
const INVERSE_ITERATIONS = 4;

/**
 * The eigenvalue with `rank` larger ones, by bisection on the number of negative pivots (Sturm's sequence); absolute error a few
 * rounding errors of the matrix norm.
 */
export function largestEigenvalue(matrix: Tridiagonal, rank = 0): number {
  let [low, high] = bounds(matrix);
  const resolution = 2 * ROUNDING * Math.max(Math.abs(low), Math.abs(high));
  while (high - low > resolution) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (countAbove(matrix, middle) > rank) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Gershgorin's interval. */
function bounds({ diagonal, off }: Tridiagonal): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < diagonal.length; i++) {
    const radius = Math.abs(off[i - 1] ?? 0) + Math.abs(off[i] ?? 0);
    low = Math.min(low, diagonal[i] - radius);
    high = Math.max(high, diagonal[i] + radius);
  }
  return [low, high];
}

/** How many eigenvalues are above x: positive pivots of A − x. */
function countAbove({ diagonal, off }: Tridiagonal, x: number): number {
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < diagonal.length; i++) {
    const coupling = i === 0 ? 0 : off[i - 1] * off[i - 1];
    pivot = diagonal[i] - x - coupling / pivot;
    if (pivot === 0) pivot = -ROUNDING * ROUNDING;
    if (pivot > 0) count++;
  }
  return count;
}

/**
 * The unit eigenvector of a computed eigenvalue by inverse iteration: elimination with row exchanges, O(N).
 * The first component is not negative.
 */
export function eigenvectorOf(matrix: Tridiagonal, eigenvalue: number): Float64Array {
  const size = matrix.diagonal.length;
  // An even mixture of all axes, with no symmetry that an eigenvector could be orthogonal to.
  const vector = Float64Array.from({ length: size }, (_, i) => 1 + Math.sin(1 + i * i));
  const solve = eliminate(matrix, eigenvalue);
  for (let k = 0; k < INVERSE_ITERATIONS; k++) {
    solve(vector);
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    for (let i = 0; i < size; i++) vector[i] /= norm;
  }
  if (vector[0] < 0) for (let i = 0; i < size; i++) vector[i] = -vector[i];
  return vector;
}

/** Factors A − x = P L U with U of three diagonals; returns b ← (A − x)⁻¹ b. */
function eliminate({ diagonal, off }: Tridiagonal, x: number): (b: Float64Array) => void {
  const size = diagonal.length;
  const [u, u1, u2] = Array.from({ length: 3 }, () => new Float64Array(size));
  const multiplier = new Float64Array(size);
  const swapped = new Uint8Array(size);
  const tiny = ROUNDING * Math.max(...bounds({ diagonal, off }).map(Math.abs));
  let [own, right] = [diagonal[0] - x, off[0]];
  for (let i = 0; i < size - 1; i++) {
    const below = off[i];
    const next = [diagonal[i + 1] - x, off[i + 1] ?? 0];
    if (Math.abs(below) > Math.abs(own)) {
      swapped[i] = 1;
      multiplier[i] = own / below;
      [u[i], u1[i], u2[i]] = [below, next[0], next[1]];
      [own, right] = [right - multiplier[i] * next[0], -multiplier[i] * next[1]];
    } else {
      if (own === 0) own = tiny;
      multiplier[i] = below / own;
      [u[i], u1[i], u2[i]] = [own, right, 0];
      [own, right] = [next[0] - multiplier[i] * right, next[1]];
    }
  }
  u[size - 1] = own === 0 ? tiny : own;
  return (b) => {
    for (let i = 0; i < size - 1; i++) {
      if (swapped[i]) [b[i], b[i + 1]] = [b[i + 1], b[i]];
      b[i + 1] -= multiplier[i] * b[i];
    }
    for (let i = size - 1; i >= 0; i--) {
      const rest = (i + 1 < size ? u1[i] * b[i + 1] : 0) + (i + 2 < size ? u2[i] * b[i + 2] : 0);
      b[i] = (b[i] - rest) / u[i];
    }
  };
}
