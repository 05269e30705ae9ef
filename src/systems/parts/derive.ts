import { ConvergenceError, InterruptedError } from "../../core/errors";

/** Adds derived quantities to a result, or to the finished part of one that stopped early. */
export async function derive<T, R = T>(work: Promise<T>, add: (result: T) => R): Promise<R> {
  try {
    return add(await work);
  } catch (error) {
    if (error instanceof ConvergenceError && error.details.partial) {
      throw error.withPartial(add(error.details.partial as T));
    }
    if (error instanceof InterruptedError && error.partial) {
      throw new InterruptedError(error.message, add(error.partial as T));
    }
    throw error;
  }
}
