/** The loops of the two-time equations: the sweep over all rows of the past, and those along the row being solved. */
export interface TwoTimeKernels {
  /**
   * One pass over the rows of C and R of the two-time equations, packed as lower triangles with unit diagonals (row k
   * starts at k(k+1)/2 and ends on the diagonal). For coefficient vectors a and b it forms, for every column j < rows,
   *
   *   memory[j] = Σ_k a_k C(k,j)        over all k < rows, C symmetric
   *   forcing[j] = Σ_{k≤j} b_k R(j,k)
   *   delayed[j] = Σ_{k≥j} a_k R(k,j)
   *
   * reading each row once: the part with k < j is a dot product along row j, the part with k ≥ j adds row k to
   * the columns left of it.
   *
   * Handles rows `from` ≤ k < `to`; called with consecutive ranges, from 0, it completes the three sums. Every
   * array has at least `to` entries, or `to` packed rows.
   */
  sweepTwoTime(
    from: number,
    to: number,
    correlation: Float64Array,
    response: Float64Array,
    a: Float64Array,
    b: Float64Array,
    memory: Float64Array,
    forcing: Float64Array,
    delayed: Float64Array,
  ): void;

  /** out = Σ_{k≤degree} coefficients[k] xᵏ, by Horner's rule, for `count` numbers; `out` may be `x`. */
  polynomial(
    count: number,
    degree: number,
    coefficients: Float64Array,
    x: Float64Array,
    out: Float64Array,
  ): void;

  /** out = base + w1 f1 + w2 f2 + w3 f3 + w4 f4 along `count` columns, as in all that follow. */
  extrapolateRow(
    count: number,
    base: Float64Array,
    w1: number,
    f1: Float64Array,
    w2: number,
    f2: Float64Array,
    w3: number,
    f3: Float64Array,
    w4: number,
    f4: Float64Array,
    out: Float64Array,
  ): void;

  /** out = scale (base + half (before + now)): a trapezoid step. */
  stepRow(
    count: number,
    scale: number,
    base: Float64Array,
    half: number,
    before: Float64Array,
    now: Float64Array,
    out: Float64Array,
  ): void;

  /** out = pull − decay row. */
  slopeOfRow(count: number, pull: Float64Array, decay: number, row: Float64Array, out: Float64Array): void;

  /** out = speed (memory + forcing − starting first + field overlap): the pull on C. */
  pullOnCorrelation(
    count: number,
    speed: number,
    memory: Float64Array,
    forcing: Float64Array,
    starting: Float64Array,
    first: Float64Array,
    field: number,
    overlap: Float64Array,
    out: Float64Array,
  ): void;

  /** out = speed (delayed − ending second response): the pull on R. */
  pullOnResponse(
    count: number,
    speed: number,
    delayed: Float64Array,
    ending: Float64Array,
    second: Float64Array,
    response: Float64Array,
    out: Float64Array,
  ): void;

  /** kernel = weight second response and source = weight first: the coefficients of the memory integrals. */
  memoryCoefficients(
    count: number,
    weight: Float64Array,
    first: Float64Array,
    second: Float64Array,
    response: Float64Array,
    kernel: Float64Array,
    source: Float64Array,
  ): void;

  /** Σ weight response (first + second correlation). */
  driveOfRow(
    count: number,
    weight: Float64Array,
    response: Float64Array,
    first: Float64Array,
    second: Float64Array,
    correlation: Float64Array,
  ): number;

  /** Σ weight a b. */
  weightedProduct(count: number, weight: Float64Array, a: Float64Array, b: Float64Array): number;

  /** Largest |a − b|, 0 of none; NaN where one of them is. */
  largestDifference(count: number, a: Float64Array, b: Float64Array): number;
}
