import { DEEPEST } from "../systems/schema/plain-lists";

/** A text of JSON, a bracket, a colon or a comma. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}:,]/gs;

/**
 * What parsers do not refuse: records and lists nested beyond all use, which nothing after them bears; and in JSON a key
 * twice in a record, of which the last would win in silence (YAML's parser refuses that itself).
 * @param refuse makes the error from what is allowed
 */
export function checkText(text: string, refuse: (allowed: string) => Error, format?: "JSON"): void {
  const keys: Set<string>[] = [];
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") {
      keys.push(new Set());
      if (keys.length > DEEPEST) throw refuse(`at most ${DEEPEST} records and lists in each other`);
    } else if (token === "}" || token === "]") keys.pop();
    else if (token === ":" && format === "JSON") {
      const key = JSON.parse(before) as string;
      const known = keys[keys.length - 1];
      if (known.has(key)) throw refuse(`every key once in a record: ${JSON.stringify(key)} is there twice`);
      known.add(key);
    }
    before = token;
  }
}
