import { createStreams } from "./streams";

/**
 * A hash of plain data (numbers, text, lists, typed arrays, records) in 16 digits, whatever the order of the keys. What
 * is undefined counts as left out.
 */
export function hashOf(value: unknown): string {
  const { key } = createStreams(JSON.stringify(value, sortKeys) ?? "");
  return key.map((word) => word.toString(16).padStart(8, "0")).join("");
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (value instanceof Float64Array) return `${value.length} numbers ${digest(value)}`;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of the bits of an array that may be long: two sums of FNV-1a, of its words and of them with their places. */
function digest({ buffer, byteOffset, length }: Float64Array): string {
  const words = new Uint32Array(buffer, byteOffset, 2 * length);
  let [first, second] = [0x811c9dc5, 0xcbf29ce4];
  for (let k = 0; k < words.length; k++) {
    first = Math.imul(first ^ words[k], 0x01000193);
    second = Math.imul(second ^ (words[k] + k), 0x01000193);
    // The product carries upwards only: what is high must come down.
    first ^= first >>> 15;
    second ^= second >>> 13;
  }
  return [first, second].map((sum) => (sum >>> 0).toString(16)).join("-");
}
