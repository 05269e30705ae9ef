import { knownKeys } from "./check";
import { InvalidParameterError } from "./errors";
import type { Options } from "./options";

const isFunction = (value: unknown) => typeof value === "function";
const has =
  (...names: readonly string[]) =>
  (value: unknown) =>
    typeof value === "object" &&
    value !== null &&
    names.every((name) => isFunction(Reflect.get(value, name)));

/** What is allowed, and whether a value is that. */
const KINDS: Readonly<Record<keyof Options, readonly [allowed: string, is: (value: unknown) => boolean]>> = {
  pool: ["a pool: serialPool, or what createPool makes", has("map")],
  signal: ["an AbortSignal", has("addEventListener", "removeEventListener")],
  onProgress: ["a function", isFunction],
  checkpoint: ["a checkpoint store", has("load", "save")],
  onNotice: ["a function", isFunction],
  onPartial: ["a function", isFunction],
};

/** Checks the options of a solver or simulator. @throws InvalidParameterError, named like `options.signal` */
export function checkOptions(options: Options): void {
  knownKeys("options", options, Object.keys(KINDS));
  for (const [name, [allowed, is]] of Object.entries(KINDS)) {
    const value = options[name as keyof Options];
    if (value !== undefined && !is(value)) throw new InvalidParameterError(`options.${name}`, value, allowed);
  }
}

/**
 * The door of a solver or simulator: what it takes as records are records, and its options are options.
 * @throws InvalidParameterError
 */
export function checkCall(records: Readonly<Record<string, unknown>>, options: Options): void {
  for (const [name, value] of Object.entries(records)) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new InvalidParameterError(name, value, "a record");
    }
  }
  checkOptions(options);
}
