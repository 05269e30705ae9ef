/**
 * The planted signal x* with |x*|² = N is √N times the first unit vector. At every N this loses nothing: the
 * law of the Gaussian part, its covariance a function of x·x'/N alone, stays the same under rotations, and so do
 * the uniform start and the noise; a rotation carries any other signal here.
 */

/** The overlap m = x*·x/N. */
export function signalOverlap(x: Float64Array): number {
  return x[0] / Math.sqrt(x.length);
}

/** Adds factor · x* to v. */
export function addSignal(v: Float64Array, factor: number): void {
  v[0] += factor * Math.sqrt(v.length);
}

/** Takes from v its part along x*, to the last bit. */
export function removeSignal(v: Float64Array): void {
  v[0] = 0;
}
