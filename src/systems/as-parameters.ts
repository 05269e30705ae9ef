import { InvalidParameterError } from "../core/errors";

/** Runs what names its parameters from below, and puts `parameters.` in front of the names that are ours. */
export function asParameters<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InvalidParameterError) || error.parameter.startsWith("simulation.")) throw error;
    throw new InvalidParameterError(`parameters.${error.parameter}`, error.value, error.allowed);
  }
}
