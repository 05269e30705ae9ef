import type { Options } from "../core/options";
import type { Ensemble, Predictions, Solution } from "../core/results";
import { parseConfig, reportUntil } from "./config/config";

type Fields = Readonly<Record<string, unknown>>;

/** A system by its name, with its parameters as in a config file; what is left out has its default. */
export interface Problem {
  readonly system: string;
  readonly parameters?: Fields;
}

/** The `simulation` of a config file, with what to report: times (60 when left out), pairs [t, t′], quantities. */
export type Simulation = Fields & {
  readonly times?: readonly number[];
  readonly pairs?: readonly (readonly [number, number])[];
  readonly quantities?: readonly string[];
};

/**
 * Solves the theory of a system; two-time systems give a `TwoTimeSolution`.
 * @param method the `method` of a config file: without a kind it is the system's first
 * @throws InvalidParameterError naming the parameter; ConvergenceError and InterruptedError with what is finished.
 */
export const solve = (problem: Problem, method: Fields = {}, options?: Options): Promise<Solution> =>
  solveConfig({ ...problem, method }, options);

/**
 * Simulates the finite system.
 * @throws InvalidParameterError naming the parameter; ConvergenceError and InterruptedError with what is finished.
 */
export function simulate(
  problem: Problem,
  { times, pairs, quantities, ...simulation }: Simulation = {},
  options?: Options,
): Promise<Ensemble> {
  return simulateConfig({ ...problem, simulation, report: { times, pairs, quantities } }, options);
}

/** The closed forms of a system, by name. @throws InvalidParameterError naming the parameter */
export async function predict(problem: Problem): Promise<Predictions> {
  const { system, parameters } = parseConfig(problem, "predict");
  return (await system.load()).predict(parameters);
}

/** {@link solve} of a whole config, as `twotime solve` does. */
export async function solveConfig(source: Fields, options?: Options): Promise<Solution> {
  const { system, parameters, method } = parseConfig(source, "solve");
  return (await system.load()).solve(parameters, method, options);
}

/** {@link simulate} of a whole config, as `twotime simulate` does. */
export async function simulateConfig(source: Fields, options?: Options): Promise<Ensemble> {
  const { system, parameters, simulation, report } = parseConfig(source, "simulate");
  const code = await system.load();
  return code.simulate(parameters, simulation, reportUntil(report, simulation.until!), options);
}
