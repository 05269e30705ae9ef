import { InvalidParameterError } from "../../core/errors";

/** Deeper than any config, and far from what a call stack bears. */
export const DEEPEST = 64;

/**
 * Plain data with lists wherever it has typed arrays or other things with a length: what schemas take.
 * @throws InvalidParameterError where records and lists are nested deeper than {@link DEEPEST}, or in themselves.
 */
export function plainLists(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST)
    throw new InvalidParameterError(
      "config",
      undefined,
      `at most ${DEEPEST} records and lists in each other`,
    );
  if (Array.isArray(value)) return value.map((item) => plainLists(item, depth + 1));
  if (ArrayBuffer.isView(value) && "length" in value)
    return Array.from(value as unknown as ArrayLike<number>);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainLists(item, depth + 1)]));
}
