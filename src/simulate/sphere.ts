/** Scales x to |x|² = N, N its length. */
export function projectOnSphere(x: Float64Array): void {
  const scale = Math.sqrt(x.length / dot(x, x));
  for (let i = 0; i < x.length; i++) x[i] *= scale;
}

/** a·b. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
