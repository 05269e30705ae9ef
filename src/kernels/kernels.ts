import type { AgingKernels } from "./aging";
import type { ModeKernels } from "./modes";
import type { ParticleKernels } from "./particles";
import type { TwoTimeKernels } from "./two-time";

/** Numbers of the products: doubles, or singles where a statistical error dwarfs their rounding. */
export type Reals = Float64Array | Float32Array;

/**
 * The hot loops. Every array is a view made by the workspace that the kernels belong to; matrices are dense and row by
 * row; sizes may be 0. Nothing is checked: an array too short, or from elsewhere, is the caller's mistake.
 */
export interface Kernels extends TwoTimeKernels, ModeKernels, AgingKernels, ParticleKernels {
  /** y = J x for a symmetric matrix J of that size, of which only the lower triangle is read. */
  symmetricTimesVector(size: number, matrix: Float64Array, x: Float64Array, y: Float64Array): void;

  /**
   * A symmetric matrix A of the indices start … N − 1, N = x.length, as its packed upper triangle from entries[position]
   * on, off-diagonal entries doubled: returns Σ_{j≤k} A_jk x_j x_k and adds `weight` times its gradient to `gradient`.
   */
  contractTriangle(
    entries: Float64Array,
    position: number,
    start: number,
    x: Float64Array,
    gradient: Float64Array,
    weight: number,
  ): number;

  /** C ← C + A B, with A rows × inner, B inner × columns; all three of the same precision. */
  multiplyAdd(rows: number, inner: number, columns: number, a: Reals, b: Reals, c: Reals): void;

  /** C ← C + Aᵀ B, with A inner × rows, B inner × columns; all three of the same precision. */
  multiplyTransposedAdd(rows: number, inner: number, columns: number, a: Reals, b: Reals, c: Reals): void;

  /**
   * A = P⁻¹ L U in place by partial pivoting: L below the diagonal, with unit diagonal, U above; row k was exchanged with
   * row pivots[k] ≥ k. Returns the first column without a finite pivot other than 0 (there it stops), or −1: the matrix
   * is then regular.
   */
  factorLU(size: number, matrix: Float64Array, pivots: Int32Array): number;

  /** B ← A⁻¹ B from the factors of {@link factorLU}; B size × columns. */
  solveLU(size: number, factors: Float64Array, pivots: Int32Array, columns: number, b: Float64Array): void;

  /**
   * A = L Lᵀ in place, from the lower triangle of A; what is above the diagonal is left alone. Returns the first
   * column whose pivot is not finite and above 0 (there it stops: A is not positive definite), or −1.
   */
  factorCholesky(size: number, matrix: Float64Array): number;

  /** B ← L⁻¹ B for a lower triangle L (its diagonal used); B size × columns. */
  solveLower(size: number, lower: Float64Array, columns: number, b: Float64Array): void;

  /** B ← L⁻ᵀ B for a lower triangle L (its diagonal used); B size × columns. */
  solveLowerTransposed(size: number, lower: Float64Array, columns: number, b: Float64Array): void;

  /**
   * Responses of trajectories to a displacement, and the mean forces that come of it. For each trajectory and each node j
   *
   *   G(j+1,j) = scale(j),   G(k+1,j) = free(k) G(k,j) − step(k) Φ(k,j) + Σ_{j<i<k} memory(k,i) G(i,j)   for j < k
   *   Φ(k,j) = first(k) G + second(k) G² + third(k) G³,   G = G(k,j)
   *
   * and sums(k,j) grows by Σ weight(j) Φ(k,j) over the trajectories, j < k < nodes; largest gets each trajectory's
   * greatest |G|, NaN where one is. `memory` and `sums` are nodes × nodes (of the first only the part left of the diagonal
   * is read); scale, free and step belong to a node; first, second, third and weight are nodes × lanes, a trajectory a
   * column; lanes a multiple of 8, or of 4 in doubles; `room` has {@link responseRoom} numbers. All of one precision but
   * for the sums.
   */
  averageResponses(
    nodes: number,
    lanes: number,
    memory: Reals,
    steps: ResponseSteps<Reals>,
    expansion: ForceExpansion,
    room: Reals,
    sums: Float64Array,
    largest: Reals,
  ): void;

  /**
   * One step of the recursion of {@link averageResponses}, from k = `node` to node + 1, where only row k of the memory is
   * known: `memory` is that row, scale, free and step are those of `node`; of first, second and third the rows `node` and
   * node + 1 are read, of the weight all rows up to `node`. sums(j) grows by Σ weight(j) Φ(node + 1,j), largest is kept up.
   * `history` holds all G(i,j), lanes · nodes (nodes − 1)/2 numbers: by groups of trajectories (8, or 4 in doubles), in a
   * group by j, then by i, then by trajectory.
   */
  advanceResponses(
    node: number,
    nodes: number,
    lanes: number,
    memory: Reals,
    steps: ResponseSteps<number>,
    expansion: ForceExpansion,
    history: Reals,
    sums: Float64Array,
    largest: Reals,
  ): void;

  /**
   * `draws` consecutive calls of Philox4x32-10 with the counters (first + i, purpose, sample, block), four words each,
   * into `words`. All numbers are unsigned 32-bit words, first + i modulo 2³².
   */
  philox(stream: PhiloxStream, first: number, draws: number, words: Uint32Array): void;

  /** Two standard normals a draw, by Box and Muller from the words of {@link philox}: see the streams. */
  normals(stream: PhiloxStream, first: number, draws: number, out: Float64Array): void;
}

/** What takes a response from one node to the next, of every node or of one: see {@link Kernels.averageResponses}. */
export interface ResponseSteps<T> {
  readonly scale: T;
  readonly free: T;
  readonly step: T;
}

/** The force on a displaced trajectory and its weight, nodes × lanes each: see {@link Kernels.averageResponses}. */
export interface ForceExpansion {
  readonly first: Reals;
  readonly second: Reals;
  readonly third: Reals;
  readonly weight: Reals;
}

/** Numbers that {@link Kernels.averageResponses} needs as room for that many nodes. */
export const responseRoom = (nodes: number): number => (nodes + 4) * (nodes + 8);

/** Key and upper counter words of a random stream, as unsigned 32-bit words. */
export interface PhiloxStream {
  readonly key0: number;
  readonly key1: number;
  readonly purpose: number;
  readonly sample: number;
  readonly block: number;
}
