/** Typed arrays as lists, for JSON. */
export function plain<K extends string>(record: Readonly<Record<K, ArrayLike<number>>>): Record<K, number[]> {
  const names = Object.keys(record) as K[];
  return Object.fromEntries(names.map((name) => [name, Array.from(record[name])])) as Record<K, number[]>;
}
