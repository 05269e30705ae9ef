/** `cells` + 1 equally spaced points from low to high. */
export function linspace(low: number, high: number, cells: number): Float64Array {
  return Float64Array.from({ length: cells + 1 }, (_, k) => low + ((high - low) * k) / cells);
}

/** `count` points equally spaced in the logarithm, from first to last exactly; both above 0, `count` at least 2. */
export function logspace(first: number, last: number, count: number): Float64Array {
  const ratio = last / first;
  return Float64Array.from({ length: count }, (_, k) =>
    k === count - 1 ? last : first * ratio ** (k / (count - 1)),
  );
}
