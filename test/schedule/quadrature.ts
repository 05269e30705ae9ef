/**
 * ∫_a^b f by composite Gauss-Legendre with 3 points on panels that are even in ln(t − origin): an independent
 * integrator for rates that vary on the scale of their distance from `origin`.
 */
export function quadrature(f: (t: number) => number, a: number, b: number, origin: number): number {
  const panels = Math.max(4, Math.ceil(Math.abs(Math.log((b - origin) / (a - origin))) * 40));
  const span = Math.log1p((b - a) / (a - origin)) / panels;
  const node = Math.sqrt(0.6) / 2;
  let sum = 0;
  for (let k = 0; k < panels; k++) {
    for (const [shift, weight] of [
      [0.5 - node, 5 / 18],
      [0.5, 8 / 18],
      [0.5 + node, 5 / 18],
    ]) {
      // Distance from a, so that narrow ranges far out keep their digits.
      const offset = (a - origin) * Math.expm1((k + shift) * span);
      sum += weight * span * f(a + offset) * (a - origin + offset);
    }
  }
  return sum;
}
