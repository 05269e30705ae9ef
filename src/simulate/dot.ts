/** x·y, in four partial sums, which the processor adds at the same time. */
export function dot(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  let [a, b, c, e] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < n; i += 4) {
    a += x[i] * y[i];
    b += x[i + 1] * y[i + 1];
    c += x[i + 2] * y[i + 2];
    e += x[i + 3] * y[i + 3];
  }
  for (; i < n; i++) a += x[i] * y[i];
  return a + b + (c + e);
}
