/** The vectors of one step of SGD on random features, one number a mode. */
export interface ModeStep {
  /** λ_k. */
  readonly eigenvalue: Float64Array;
  /** n_k λ_k², the weight of a mode in the noise. */
  readonly noiseWeight: Float64Array;
  /** What the step starts from: q or P. */
  readonly before: Float64Array;
  /** On entry what the pass the other way has left, P or q; on return what the step leads to. Not `before`. */
  readonly row: Float64Array;
}

/**
 * The steps of coordinate descent on the learning rates of random features. With s = rate λ_k and A_k = 1 − s(2 − s spread),
 * y_k what stands in `row` and x_k what is put there, `sums` gets
 *
 *     Σ λ_k y_k x_k ,   Σ λ_k² y_k x_k ,   the sum of noiseWeight_k over the P ,   the sum of the x .
 */
export interface ModeKernels {
  /** Moments one step on: x_k = A_k before_k + kick noiseWeight_k; y are the P. */
  stepMoments(
    count: number,
    rate: number,
    spread: number,
    kick: number,
    vectors: ModeStep,
    sums: Float64Array,
  ): void;

  /** Adjoints one step back: x_k = A_k before_k + kick, the P; y are the moments. */
  stepAdjoints(
    count: number,
    rate: number,
    spread: number,
    kick: number,
    vectors: ModeStep,
    sums: Float64Array,
  ): void;
}
