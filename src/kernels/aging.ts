/** Nodes that an interpolation along a crowded grid takes. */
export const GRID_STENCIL = 8;
/** Most rows that an interpolation between rows takes. */
export const ROW_STENCIL = 6;

/**
 * Places between the nodes of a crowded grid, by entry: the first of its eight nodes, their weights, and 1/(dφ/dx) there.
 * Rows on the grid are pairs (C, ρ) by node, ρ = R dφ/dx, so that R is interpolated as the density of ∫R.
 */
export interface PlaceTable {
  readonly starts: Int32Array;
  readonly weights: Float64Array;
  readonly inverseDensity: Float64Array;
}

/** Rows of pairs one after the other, and what of them each entry takes: none where its first row is −1. */
export interface RowHistory {
  readonly rows: Float64Array;
  readonly starts: Int32Array;
  /** Six by entry; those of rows that are not meant are 0. */
  readonly weights: Float64Array;
  /** Factor of R, by entry. */
  readonly scale: Float64Array;
}

/**
 * What the row being solved adds to memory tables: weights of its own place among the rows, for C and for R, by entry of a
 * table or by node.
 */
export interface OwnWeights {
  readonly correlation: Float64Array;
  readonly response: Float64Array;
}

/**
 * Along the row at the places u of the integrals from 0 to s′ (inner) and from s′ to s (outer): R, Q′(C), Q″(C), Q‴(C) by entry;
 * the last is read by the Jacobians only, Q′ by those of the inner integral.
 */
export interface MemoryFactors {
  readonly response: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly third: Float64Array;
}

/** The memory of a panel: factors along the row, and tables of C and R at the places u and the times s′. */
export interface PanelMemoryArrays {
  readonly inner: MemoryFactors;
  readonly outer: MemoryFactors;
  readonly innerTable: Float64Array;
  readonly outerTable: Float64Array;
}

/** By node: φ, ψ = 1 − φ, the weight of the integral over φ, and 1/(dφ/dx). */
export interface NodeArrays {
  readonly phi: Float64Array;
  readonly psi: Float64Array;
  readonly weight: Float64Array;
  readonly inverseDensity: Float64Array;
}

/**
 * The loops of the aging grid. Tables belong to pairs of nodes (j, k): entry e = j(j+1)/2 + k with k ≤ j stands for (j, k) and
 * (k, j), whose pairs (C, R) lie one after the other: four numbers an entry. A place table of both directions has the
 * entries 2e and 2e + 1.
 */
export interface AgingKernels {
  /** C and R at `count` places from a row of pairs (C, ρ). */
  interpolatePairs(
    count: number,
    places: PlaceTable,
    row: Float64Array,
    correlation: Float64Array,
    response: Float64Array,
  ): void;

  /** Table of C and R at places between rows and nodes, both directions; 1 where an entry has no rows. */
  interpolateRows(
    count: number,
    size: number,
    places: PlaceTable,
    history: RowHistory,
    table: Float64Array,
  ): void;

  /** table = past + what the row of pairs (C, ρ) adds at the places of the outer table. */
  completeOuter(
    count: number,
    places: PlaceTable,
    own: OwnWeights,
    row: Float64Array,
    past: Float64Array,
    table: Float64Array,
  ): void;

  /** table = past + what the row of pairs (C, ρ) adds at the nodes of the inner table. */
  completeInner(
    size: number,
    own: OwnWeights,
    inverseDensity: Float64Array,
    row: Float64Array,
    past: Float64Array,
    table: Float64Array,
  ): void;

  /**
   * Memory sums of a panel by node j, four numbers each: Σ w Q″R C and Σ w Q′R of the inner integral, then
   * Σ w Q″R C and Σ w Q″R R of the outer one.
   */
  contractMemory(size: number, memory: PanelMemoryArrays, weight: Float64Array, sums: Float64Array): void;

  /**
   * Adds the derivatives of φ_j times both inner sums of {@link contractMemory} by the row of pairs (C, ρ) to a matrix of 2·size rows
   * (for C and for R, by node) and columns.
   */
  addInnerJacobian(
    size: number,
    factors: MemoryFactors,
    table: Float64Array,
    places: PlaceTable,
    own: OwnWeights,
    nodes: NodeArrays,
    matrix: Float64Array,
  ): void;

  /** The same of ψ_j times both outer sums. `ratios`: the places of what the row itself adds to the table. */
  addOuterJacobian(
    size: number,
    factors: MemoryFactors,
    table: Float64Array,
    places: PlaceTable,
    ratios: PlaceTable,
    own: OwnWeights,
    nodes: NodeArrays,
    matrix: Float64Array,
  ): void;
}
