type Key = string | number;

/** Where the numbers of a record stand, by their dotted names: "schedule.exponent", "couplings[0].variance". */
export function numericPaths(value: unknown): ReadonlyMap<string, readonly Key[]> {
  const paths = new Map<string, readonly Key[]>();
  const visit = (at: unknown, name: string, keys: readonly Key[]): void => {
    if (typeof at === "number") paths.set(name, keys);
    else if (Array.isArray(at))
      for (const [k, item] of at.entries()) visit(item, `${name}[${k}]`, [...keys, k]);
    else if (typeof at === "object" && at !== null) {
      for (const [key, item] of Object.entries(at))
        visit(item, name ? `${name}.${key}` : key, [...keys, key]);
    }
  };
  visit(value, "", []);
  return paths;
}

/** A copy of a record with another number at one place; what is not on the way there is shared. */
export function withNumber(record: unknown, [key, ...rest]: readonly Key[], value: number): unknown {
  if (key === undefined) return value;
  if (Array.isArray(record)) {
    return record.map((item, k) => (k === key ? withNumber(item, rest, value) : item));
  }
  const fields = record as Readonly<Record<Key, unknown>>;
  return { ...fields, [key]: withNumber(fields[key], rest, value) };
}
