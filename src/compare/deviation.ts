/** Relative difference that counts as rounding. */
export const ROUNDING = 1e-12;

/**
 * (theory − simulation)/error, with its sign. Where the error is 0, as for samples that all agree: 0 if the two
 * agree to 1e-12, and ±Infinity if not. NaN for an infinite error, which is one that nobody knows.
 * @param bias what may be between them in any case: only the distance beyond it counts
 */
export function deviationOf(theory: number, simulation: number, error: number, bias = 0): number {
  if (error === Infinity) return Number.NaN;
  if (theory === simulation) return 0;
  const distance = theory - simulation;
  if (Math.abs(distance) === Infinity) return distance;
  const rounding = error === 0 ? ROUNDING * Math.max(Math.abs(theory), Math.abs(simulation)) : 0;
  const size = Math.max(0, Math.abs(distance) - bias - rounding);
  return size === 0 ? 0 : (Math.sign(distance) * size) / error;
}
