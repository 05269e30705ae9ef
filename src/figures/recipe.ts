import type { Citation } from "../core/citations";
import type { Options } from "../core/options";
import type { Ensemble, Prediction, Solution } from "../core/results";
import { parseConfig, reportUntil } from "../systems/config";
import type { Recipe } from "./figure";

/** A config file as a record. */
export type ConfigSource = Recipe["config"];

/** Solves the theory of a config, as `twotime solve` does. @throws InvalidParameterError, ConvergenceError, InterruptedError */
export async function solveConfig(source: ConfigSource, options: Options): Promise<Solution> {
  const { system, parameters, method } = parseConfig(source, "solve");
  return (await system.load()).solve(parameters, method, options);
}

/** Simulates the finite system of a config, as `twotime simulate` does. @throws InvalidParameterError, InterruptedError */
export async function simulateConfig(source: ConfigSource, options: Options): Promise<Ensemble> {
  const { system, parameters, simulation, report } = parseConfig(source, "simulate");
  return (await system.load()).simulate(
    parameters,
    simulation,
    reportUntil(report, simulation.until!),
    options,
  );
}

/** One closed-form value of a config's system. @throws InvalidParameterError */
export async function predictConfig(source: ConfigSource, name: string): Promise<Prediction> {
  const { system, parameters } = parseConfig(source, "predict");
  return (await system.load()).predict(parameters)[name];
}

/** The sources behind a config's system. */
export function citationsOf(source: ConfigSource): readonly Citation[] {
  return parseConfig(source, "predict").system.citations;
}

/** `count` times from `first` to `last`, equally spaced in ln t. */
export function timesBetween(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) =>
    k === count - 1 ? last : Number((first * (last / first) ** (k / (count - 1))).toPrecision(4)),
  );
}
