import { ConvergenceError, InterruptedError } from "../../core/errors";
import type { Options } from "../../core/options";

/** Adds derived quantities to a result, or to the finished part of one that stopped early. */
export async function derive<T, R = T>(work: Promise<T>, add: (result: T) => R): Promise<R> {
  try {
    return add(await work);
  } catch (error) {
    if (error instanceof ConvergenceError && error.details.partial) {
      throw error.withPartial(add(error.details.partial as T));
    }
    if (error instanceof InterruptedError && error.partial) {
      throw error.withPartial(add(error.partial as T));
    }
    throw error;
  }
}

/** Ends without the part that is finished: it is no result. */
export function withoutPartial(error: unknown): never {
  if (error instanceof ConvergenceError || error instanceof InterruptedError)
    throw error.withPartial(undefined);
  throw error;
}

/** Options that add the same to the finished parts of a result. */
export function derivedOptions<T>(options: Options = {}, add: (result: T) => unknown): Options {
  const { onPartial } = options;
  return onPartial ? { ...options, onPartial: (make) => onPartial(() => add(make() as T)) } : options;
}
