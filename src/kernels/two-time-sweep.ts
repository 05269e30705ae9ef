/**
 * The hot loop of the two-time equations: one pass over the rows of C and R, packed as lower triangles with
 * unit diagonals (row k starts at k(k+1)/2 and ends on the diagonal).
 *
 * For coefficient vectors a and b it forms, for every column j < rows,
 *
 *   memory[j] = Σ_k a_k C(k,j)        over all k < rows, C symmetric
 *   forcing[j] = Σ_{k≤j} b_k R(j,k)
 *   delayed[j] = Σ_{k≥j} a_k R(k,j)
 *
 * reading each row once: the part with k < j is a dot product along row j, the part with k ≥ j adds row k to
 * the columns left of it.
 */
export interface TwoTimeSweep {
  /** Handles rows `from` ≤ k < `to`; called with consecutive ranges, from 0, it completes the three sums. */
  (
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
}

export const twoTimeSweep: TwoTimeSweep = (
  from,
  to,
  correlation,
  response,
  a,
  b,
  memory,
  forcing,
  delayed,
) => {
  for (let k = from; k < to; k++) {
    const row = (k * (k + 1)) / 2;
    const ak = a[k];
    // Two accumulators per dot product hide the latency of the additions.
    let memory0 = 0;
    let memory1 = 0;
    let forcing0 = 0;
    let forcing1 = 0;
    let j = 0;
    for (; j + 1 < k; j += 2) {
      const c0 = correlation[row + j];
      const c1 = correlation[row + j + 1];
      const r0 = response[row + j];
      const r1 = response[row + j + 1];
      memory0 += a[j] * c0;
      memory1 += a[j + 1] * c1;
      forcing0 += b[j] * r0;
      forcing1 += b[j + 1] * r1;
      memory[j] += ak * c0;
      memory[j + 1] += ak * c1;
      delayed[j] += ak * r0;
      delayed[j + 1] += ak * r1;
    }
    if (j < k) {
      const c = correlation[row + j];
      const r = response[row + j];
      memory0 += a[j] * c;
      forcing0 += b[j] * r;
      memory[j] += ak * c;
      delayed[j] += ak * r;
    }
    memory[k] = memory0 + memory1 + ak;
    forcing[k] = forcing0 + forcing1 + b[k];
    delayed[k] = ak;
  }
};
