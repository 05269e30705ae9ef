/** An Itô equation dy = a(y) dt + Σ_j b^j(y) dW_j in `size` unknowns with as many noises. */
export interface StochasticEquation {
  readonly size: number;
  /** Writes a(y). */
  drift(y: Float64Array, out: Float64Array): void;
  /** Writes the noises as rows of a matrix: out[i · size + j] = b^j_i(y). A noise with b^j = 0 costs nothing. */
  diffusion(y: Float64Array, out: Float64Array): void;
}

/** One step of length h from y, in place. `normal` gives standard normals, or what has their moments. */
export type Stepper = (y: Float64Array, h: number, normal: () => number, sign: () => number) => void;
