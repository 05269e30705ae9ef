import { distance } from "fastest-levenshtein";
import { InvalidParameterError } from "../../core/errors";

/** Keys as the papers write what ours have a word for. */
const WORDS: Readonly<Record<string, string>> = { beta: "exponent", delta: "exponent", eta: "rate" };

/** An unknown key, with the one that is meant, or the nearest known one. */
export function unknownKey(path: string, key: string, known: readonly string[]): InvalidParameterError {
  const to = (other: string) => distance(key.toLowerCase(), other.toLowerCase());
  const meant = known.find((other) => other === WORDS[key]);
  const nearest = meant ?? [...known].sort((x, y) => to(x) - to(y))[0];
  const allowed = known.join(", ");
  const hint =
    nearest === undefined ? "nothing is known here" : `did you mean "${nearest}"? known: ${allowed}`;
  return new InvalidParameterError(path, undefined, allowed, `${path} is not known; ${hint}`);
}
