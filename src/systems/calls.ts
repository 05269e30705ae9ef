import { knownKeys, numberList } from "../core/check";
import { checkOptions } from "../core/check-options";
import { InvalidParameterError } from "../core/errors";
import type { Options } from "../core/options";
import type { Ensemble, Optimum, Predictions, Solution } from "../core/results";
import { checkCheckpoint } from "./config/checkpoint";
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
  options: Options = {},
): Promise<OptimumOf<Name>> {
  checkOptions(options);
  const { times, ...rest } = (goal ?? {}) as unknown as Fields;
  const source = configOf(problem, { method, optimise: rest, report: { times } });
  return (await optimiseConfig(source, options)) as unknown as OptimumOf<Name>;
}

function configOf(problem: object, rest: Fields): Fields {
  for (const [name, value] of Object.entries({ problem, ...rest })) {
    if (value === undefined || (typeof value === "object" && value !== null && !Array.isArray(value)))
      continue;
    throw new InvalidParameterError(name, value, "a record { … }");
  }
  knownKeys("problem", problem, ["system", "parameters"]);
  return plainLists({ ...problem, ...rest }) as Fields;
}

/** {@link solve} of a whole config, as `twotime solve` does. */
export async function solveConfig(source: Fields, options: Options = {}): Promise<Solution> {
  checkOptions(options);
  const config = parseConfig(source, "solve");
  if (options.checkpoint) checkCheckpoint("solve", config, "options.checkpoint");
  const { system, parameters, method } = config;
  const code = await system.load();
  const solution = await code.solve(parameters, method, options, reportOf("solve", config));
  return { ...solution, sample: (times) => solution.sample(numberList("times", times)) };
}

/** {@link simulate} of a whole config, as `twotime simulate` does. */
export async function simulateConfig(source: Fields, options: Options = {}): Promise<Ensemble> {
  checkOptions(options);
  const config = parseConfig(source, "simulate");
  if (options.checkpoint) checkCheckpoint("simulate", config, "options.checkpoint");
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
