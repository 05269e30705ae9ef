import type { Fields } from "../compute/messages";

/** Where a value stands in a setting, e.g. ["parameters", "schedule", "rate"]. */
export type Path = readonly string[];

/** The value at a path; undefined where the path leads nowhere. */
export function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Fields | null | undefined)?.[key], root);
}

/** The same with another value at a path; an undefined one is left out. */
export function withAt<T>(root: T, path: Path, value: unknown): T {
  if (path.length === 0) return value as T;
  const [key, ...rest] = path;
  const held = (typeof root === "object" && root !== null && !Array.isArray(root) ? root : {}) as Fields;
  const inner = withAt(held[key], rest, value);
  const { [key]: _, ...others } = held;
  if (inner === undefined) return others as T;
  // In its old place: the order of the keys is that of the file a reader gets.
  return (
    key in held
      ? Object.fromEntries(Object.entries(held).map(([name, old]) => [name, name === key ? inner : old]))
      : { ...held, [key]: inner }
  ) as T;
}

/** All single values of a setting by their dotted paths. */
export function flat(root: unknown, prefix = ""): Record<string, unknown> {
  if (typeof root !== "object" || root === null || Array.isArray(root)) return { [prefix]: root };
  return Object.assign(
    {},
    ...Object.entries(root).map(([key, value]) => flat(value, prefix ? `${prefix}.${key}` : key)),
  );
}
