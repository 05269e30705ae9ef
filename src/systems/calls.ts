import type { Options } from "../core/options";
import type { Ensemble, Optimum, Predictions, Solution } from "../core/results";
import { parseConfig } from "./config/config";
import { reportOf } from "./config/report-of";
import type {
  Arguments,
  Fields,
  GoalOf,
  MethodOf,
  OptimumOf,
  Problem,
  SimulationOf,
  SolutionOf,
} from "./named";
import { type Optimisation, optimise as search } from "./optimise/optimise";
import { plainLists } from "./schema/plain-lists";

/**
 * Solves the theory of a system; two-time systems give correlation and response too.
 * @param problem the system's name and its parameters
 * @param method the `method` of a config file: without a kind it is the system's first
 * @throws InvalidParameterError naming the parameter; ConvergenceError and InterruptedError with what is finished.
 */
export async function solve<Name extends string>(
  problem: Problem<Name>,
  ...[method, options]: Arguments<MethodOf<Name>, Options>
): Promise<SolutionOf<Name>> {
  return (await solveConfig(configOf(problem, { method }), options)) as unknown as SolutionOf<Name>;
}

/**
 * Simulates the finite system.
 * @param simulation the `simulation` of a config file, with the times (60 when left out), pairs and quantities to report
 * @throws InvalidParameterError naming the parameter; ConvergenceError and InterruptedError with what is finished.
 */
export async function simulate<Name extends string>(
  problem: Problem<Name>,
  ...[simulation, options]: Arguments<SimulationOf<Name>, Options>
): Promise<Ensemble> {
  const { times, pairs, quantities, ...rest } = (simulation ?? {}) as Fields;
  const report = { times, pairs, quantities };
  return simulateConfig(configOf(problem, { simulation: rest, report }), options);
}

/** The closed forms of a system, by name. @throws InvalidParameterError naming the parameter */
export async function predict<Name extends string>(problem: Problem<Name>): Promise<Predictions> {
  return predictConfig(configOf(problem, {}));
}

/**
 * Searches the best schedule: by the system's own search where it has one, else over numbers among its parameters,
 * by the theory.
 * @param goal the `optimise` of a config file
 * @param method how the theory is solved in the search, as in {@link solve}
 * @throws InvalidParameterError naming the parameter; ConvergenceError and InterruptedError with what was found.
 */
export async function optimise<Name extends string>(
  problem: Problem<Name>,
  goal: GoalOf<Name>,
  method?: Partial<MethodOf<Name>>,
  options?: Options,
): Promise<OptimumOf<Name>> {
  const { times, ...rest } = goal as unknown as Fields;
  const source = configOf(problem, { method, optimise: rest, report: { times } });
  return (await optimiseConfig(source, options)) as unknown as OptimumOf<Name>;
}

function configOf(problem: object, rest: Fields): Fields {
  return plainLists({ ...problem, ...rest }) as Fields;
}

/** {@link solve} of a whole config, as `twotime solve` does. */
export async function solveConfig(source: Fields, options?: Options): Promise<Solution> {
  const { system, parameters, method } = parseConfig(source, "solve");
  return (await system.load()).solve(parameters, method, options);
}

/** {@link simulate} of a whole config, as `twotime simulate` does. */
export async function simulateConfig(source: Fields, options?: Options): Promise<Ensemble> {
  const config = parseConfig(source, "simulate");
  const code = await config.system.load();
  return code.simulate!(config.parameters, config.simulation, reportOf("simulate", config), options);
}

/** {@link predict} of a whole config, as `twotime predict` does. */
export async function predictConfig(source: Fields): Promise<Predictions> {
  const { system, parameters } = parseConfig(source, "predict");
  return (await system.load()).predict(parameters);
}

/** {@link optimise} of a whole config, as `twotime optimise` does. */
export async function optimiseConfig(source: Fields, options?: Options): Promise<Optimum | Optimisation> {
  const config = parseConfig(source, "optimise");
  const { system, parameters, method, search: goal } = config;
  if (goal) return search({ system, parameters, method, search: goal }, options);
  const code = await system.load();
  return code.optimise!(parameters, config.goal, reportOf("optimise", config), options);
}
