import { createStreams } from "./streams";

/**
 * A hash of plain data (numbers, text, lists, records) in 16 digits, whatever the order of the keys. What is undefined
 * counts as left out.
 */
export function hashOf(value: unknown): string {
  const { key } = createStreams(JSON.stringify(value, sortKeys) ?? "");
  return key.map((word) => word.toString(16).padStart(8, "0")).join("");
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
