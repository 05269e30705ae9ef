/** Plain data with lists wherever it has typed arrays or other things with a length: what schemas take. */
export function plainLists(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plainLists);
  if (ArrayBuffer.isView(value) && "length" in value)
    return Array.from(value as unknown as ArrayLike<number>);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainLists(item)]));
}
