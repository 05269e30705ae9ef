import { InvalidParameterError } from "../../core/errors";
import type { Config, Verb } from "./config";

/**
 * Checks that a run has a state to keep: that of its method, where the record says so.
 * @param parameter how the user calls the checkpoint, @param value what the user gave for it
 */
export function checkCheckpoint(
  verb: Verb,
  { system, method }: Pick<Config, "system" | "method">,
  parameter: string,
  value?: string,
): void {
  const kinds = system.resumable ?? [];
  const solves = verb === "solve" || verb === "compare";
  if (solves && kinds.includes(method.kind)) return;
  const known = kinds.map((kind) => `"${kind}"`).join(" or ");
  const what =
    known === "" ? `none of "${system.name}"` : `${known} of "${system.name}", for solve and compare`;
  throw new InvalidParameterError(parameter, value, `a method that can go on from a state: ${what}`);
}
