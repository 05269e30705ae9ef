import type { z } from "zod";
import { InvalidParameterError } from "../../core/errors";
import { allowedAt, keysAt } from "./describe";
import { unknownKey } from "./unknown-key";

/**
 * Validates a value against a schema and fills its defaults.
 *
 * @param name how the user calls the value; the error names the full path, e.g. `parameters.temperature`.
 * @throws InvalidParameterError for the first thing that is wrong.
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw toParameterError(deepest(foremost(result.error.issues)), schema, value, name);
}

/** A key that is not known explains others that are missing: it is told first. */
function foremost(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  return issues.find((issue) => issue.code === "unrecognized_keys") ?? issues[0];
}

/** Of a union that failed, the complaint of the member that came closest: the one that looked deepest. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue;
  const inner = issue.errors.map((issues) => deepest(foremost(issues)));
  // An object with a key that is not known was meant to be one: nearer than a word it is not.
  const near = (x: z.core.$ZodIssue) =>
    x.code === "invalid_type" ? 0 : x.code === "unrecognized_keys" ? 1.5 : 1;
  const depth = (x: z.core.$ZodIssue) => 2 * x.path.length + near(x);
  const best = inner.reduce((x, y) => (depth(y) > depth(x) ? y : x));
  return depth(best) === 0 ? issue : { ...best, path: [...issue.path, ...best.path] };
}

function toParameterError(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  root: unknown,
  name: string,
): InvalidParameterError {
  const path = dotted(name, issue.path);
  const value = valueAt(root, issue.path);
  if (issue.code === "unrecognized_keys") {
    const [key] = issue.keys;
    return unknownKey(dotted(path, [key]), key, keysAt(schema, issue.path, value));
  }
  if (issue.code === "custom") return new InvalidParameterError(path, value, issue.message);
  return new InvalidParameterError(path, value, allowedAt(schema, issue.path, root) ?? readable(issue));
}

function readable(issue: z.core.$ZodIssue): string {
  return issue.message.replace(/^Invalid input: expected /, "a ");
}

function dotted(name: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}.${String(key)}`),
    name,
  );
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    root,
  );
}
