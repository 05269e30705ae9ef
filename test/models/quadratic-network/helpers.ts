/** |a − b| relative to their size, absolute below 1. */
export function relativeDistance(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
}
