import { InvalidParameterError } from "../../core/errors";

/** Runs what names its parameters from below, and puts `parameters.` in front of the names that are ours. */
export function asParameters<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw named(error);
  }
}

/** The same for work that takes its time. */
export const asParametersLater = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw named(error);
  });

/** What begins with method or simulation has its full name already; a checkpoint is none of the problem's parameters. */
function named(error: unknown): unknown {
  const isOurs =
    error instanceof InvalidParameterError &&
    !/^(method\.|simulation\.|checkpoint$|--)/.test(error.parameter);
  return isOurs
    ? new InvalidParameterError(`parameters.${error.parameter}`, error.value, error.allowed)
    : error;
}
