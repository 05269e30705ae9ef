/** The fields of interacting particles, one number a particle: see `dmft/particles/`. */
export interface ParticleFields {
  /** On entry the field of the rotated weights, unscaled; on return the force F. */
  readonly field: Float32Array;
  /** h0, the field of the signal. */
  readonly signal: Float32Array;
  /** y0, the field of the start. */
  readonly start: Float32Array;
  /** c s: the factor of the gradient for a member of the batch, else 0. */
  readonly share: Float32Array;
}

/**
 * The steps of interacting particles in single precision. Sums are made in singles over pieces of the row, and in doubles
 * over these.
 */
export interface ParticleKernels {
  /**
   * x ← W x with the matrix W(i,j) = (−1)^b, b the number of bits that i and j have in common: Walsh and Hadamard's
   * transform, symmetric, W² = count. `count` is a power of 2 and at least 4.
   */
  walshHadamard(count: number, x: Float32Array): void;

  /** out = a b, number by number; out may be a or b. */
  multiplyElements(count: number, a: Float32Array, b: Float32Array, out: Float32Array): void;

  /**
   * With h = scale · field + overlap · signal + along · start and the cost (h² − h0²)²/4: field ← F = share h (h² − h0²), and
   * `sums` gets Σ h0 F, Σ y0 F, Σ share (3h² − h0²), Σ h F and Σ (h² − h0²)²/4.
   */
  particleForces(
    count: number,
    scale: number,
    overlap: number,
    along: number,
    fields: ParticleFields,
    sums: Float64Array,
  ): void;

  /**
   * w ← decay · w − rate · root · force + heat · e where root is not 0, with the signs e of the bits of `words`: bit k of
   * word i, counted from the lowest, is that of particle 32 i + k; 1 is +1. Without heat the words are not read. Returns Σ w².
   * `count` is a multiple of 32.
   */
  moveParticles(
    count: number,
    decay: number,
    rate: number,
    heat: number,
    weights: Float32Array,
    root: Float32Array,
    force: Float32Array,
    words: Uint32Array,
  ): number;
}
