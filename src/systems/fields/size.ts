/** Of the numbers in a file of fields: what one process writes, and reads back, without thinking about memory. */
export const MOST_BYTES = 5e8;

/** Of times t, each with as many t′: one function with its error is within {@link MOST_BYTES}. */
export const MOST_TIMES = Math.floor(Math.sqrt(MOST_BYTES / 16));

/** Bytes of functions on so many rows of so many times: values and errors. */
export const bytesOf = (rows: number, columns: number, functions: number): number =>
  16 * rows * columns * functions;

/**
 * How many of a solver's own times make one that is written: 1 where all of them fit.
 * @param columns the most t′ that a t has of its own; without it, they are those of t
 * @param most how many bytes are allowed
 */
export function thinning(
  times: number,
  columns: number | undefined,
  functions: number,
  most = MOST_BYTES,
): number {
  // The last time is written in any case.
  const rows = (every: number) => Math.ceil(times / every) + ((times - 1) % every === 0 ? 0 : 1);
  let every = 1;
  while (bytesOf(rows(every), columns ?? rows(every), functions) > most) every++;
  return every;
}
