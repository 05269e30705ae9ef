/** C and R as packed lower triangles with unit diagonals: row k starts at k(k+1)/2 and ends on the diagonal. */
export interface TwoTimeTriangles {
  readonly correlation: Float64Array;
  readonly response: Float64Array;
}

/** Coefficients of the integrals along the row of time t: w Q″(C(t,u)) R(t,u) and w Q′(C(t,u)), w the weight of du. */
export interface MemoryCoefficients {
  readonly kernel: Float64Array;
  readonly source: Float64Array;
}

/** The integrals for every earlier time t′, one a column. */
export interface MemoryIntegrals {
  /** Σ_k kernel_k C(k,j) over all rows, C symmetric: memory in the equation of C. */
  readonly correlation: Float64Array;
  /** Σ_{k≤j} source_k R(j,k). */
  readonly forcing: Float64Array;
  /** Σ_{k≥j} kernel_k R(k,j): memory in the equation of R. */
  readonly response: Float64Array;
}

/**
 * The loops of the two-time equations: the sweep over all rows of the past, and those along `count` columns of the row being
 * solved. The vectors of a loop come as a record, which its caller makes once.
 */
export interface TwoTimeKernels {
  /**
   * One pass over the rows of C and R, reading each once: the part of the integrals with k < j is a dot product along row j,
   * the part with k ≥ j adds row k to the columns left of it. Handles rows `from` ≤ k < `to`; called with consecutive
   * ranges, from 0, it completes the integrals. Every vector has at least `to` entries, every triangle `to` rows.
   */
  sweepTwoTime(
    from: number,
    to: number,
    triangles: TwoTimeTriangles,
    coefficients: MemoryCoefficients,
    integrals: MemoryIntegrals,
  ): void;

  /** out = Σ_{k≤degree} coefficients[k] xᵏ, by Horner's rule, for `count` numbers; `out` may be `x`. */
  polynomial(
    count: number,
    degree: number,
    coefficients: Float64Array,
    x: Float64Array,
    out: Float64Array,
  ): void;

  /** out = base + step (5/2 f₁ − 3 f₂ + 2 f₃ − 1/2 f₄). */
  predictRow(count: number, step: number, vectors: RowPrediction): void;

  /** out = scale (base + half (before + now)). */
  stepRow(count: number, scale: number, half: number, vectors: RowStep): void;

  /** out = rightSide − decay row. */
  slopeOfRow(count: number, decay: number, vectors: RowSlope): void;

  /** out = speed (memory + forcing − starting first + field overlap). */
  rightSideOfCorrelation(count: number, speed: number, field: number, vectors: CorrelationRightSide): void;

  /** out = speed (memory − ending second response). */
  rightSideOfResponse(count: number, speed: number, vectors: ResponseRightSide): void;

  /** kernel = weight second response and source = weight first. */
  memoryCoefficients(count: number, vectors: CoefficientsOfRow): void;

  /** Σ weight response (first + second correlation). */
  multiplierIntegral(count: number, vectors: MultiplierIntegrand): number;

  /** Σ weight a b. */
  weightedProduct(count: number, vectors: WeightedProduct): number;

  /** Largest |a − b|, 0 of none; NaN where one of them is. */
  largestDifference(count: number, a: Float64Array, b: Float64Array): number;
}

/** The row before, the slopes f₁ to f₄ of the four rows before from the latest on, and the row that is predicted. */
export interface RowPrediction {
  readonly base: Float64Array;
  readonly slopes: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  readonly out: Float64Array;
}

/** A step from the row `base`, whose slope is `before`; `now` is what is known of the slope at its end. */
export interface RowStep {
  readonly base: Float64Array;
  readonly before: Float64Array;
  readonly now: Float64Array;
  readonly out: Float64Array;
}

export interface RowSlope {
  readonly rightSide: Float64Array;
  readonly row: Float64Array;
  readonly out: Float64Array;
}

/** `starting`: weights of integrals that start at a node; `first`: Q′ along the row; `overlap`: of the nodes before. */
export interface CorrelationRightSide {
  readonly memory: Float64Array;
  readonly forcing: Float64Array;
  readonly starting: Float64Array;
  readonly first: Float64Array;
  readonly overlap: Float64Array;
  readonly out: Float64Array;
}

/** `ending`: weights of integrals that end at a node; `second`: Q″ along the row. */
export interface ResponseRightSide {
  readonly memory: Float64Array;
  readonly ending: Float64Array;
  readonly second: Float64Array;
  readonly response: Float64Array;
  readonly out: Float64Array;
}

export interface CoefficientsOfRow extends MemoryCoefficients {
  readonly weight: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly response: Float64Array;
}

export interface MultiplierIntegrand {
  readonly weight: Float64Array;
  readonly response: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly correlation: Float64Array;
}

export interface WeightedProduct {
  readonly weight: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
}
