import { InvalidParameterError } from "../../core/errors";
import type { Config, Verb } from "./config";

type Run = Pick<Config, "system" | "method">;

/**
 * Whether a run has a state to keep: the finished samples of a simulation, the solutions or steps of a search, and what a method
 * has by the record of its system.
 */
export function keepsState(verb: Verb, { system, method }: Run): boolean {
  const solves = system.resumable?.includes(method.kind) ?? false;
  return { solve: solves, simulate: true, predict: false, compare: true, optimise: true }[verb];
}

/**
 * Checks that a run has a state to keep.
 * @param parameter how the user calls the checkpoint, @param value what the user gave for it
 */
export function checkCheckpoint(verb: Verb, run: Run, parameter: string, value?: string): void {
  if (keepsState(verb, run)) return;
  const { system } = run;
  const kinds = (system.resumable ?? []).map((kind) => `"${kind}"`).join(" or ");
  const known = kinds === "" ? `none of "${system.name}"` : `${kinds} of "${system.name}"`;
  const allowed = `a method that can go on from a state: ${known}; or simulate, compare, optimise`;
  throw new InvalidParameterError(parameter, value, allowed);
}
