import { InvalidParameterError } from "../../core/errors";

type Key = string | number;

/** One key of the config, and what it is in one point after the other. */
export interface Axis {
  /** Dotted path into the config: "parameters.schedule.exponent". */
  readonly key: string;
  readonly values: readonly unknown[];
}

/** A name, or an index in brackets; every part but the first begins with a dot or a bracket. */
const PART = /(?:^|\.)([^.[\]]+)|\[(\d+)\]/y;

/**
 * The keys of a dotted path: "parameters.couplings[0].variance".
 * @throws InvalidParameterError named by the path
 */
export function keysOfPath(path: string): readonly Key[] {
  const keys: Key[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < path.length) {
    const part = PART.exec(path);
    if (!part) throw new InvalidParameterError(`vary.${path}`, path, ALLOWED);
    keys.push(part[1] ?? Number(part[2]));
  }
  return keys;
}

const ALLOWED = "a dotted path into the config, such as parameters.schedule.exponent";

/**
 * A copy of a config with another value at one place; what is not on the way there is shared. A record that the way
 * leads through and that is not there is made.
 * @throws InvalidParameterError named by the path where it leads through a number or a text, or past the end of a list.
 */
export function withValueAt(config: unknown, path: string, value: unknown): unknown {
  const keys = keysOfPath(path);
  const refuse = (depth: number, at: unknown, allowed: string) => {
    const name = keys.slice(0, depth).reduce<string>(joined, "");
    throw new InvalidParameterError(
      `vary.${path}`,
      at,
      allowed,
      `vary.${path} leads through ${name}, which is ${JSON.stringify(at)}; allowed: ${allowed}`,
    );
  };

  function put(at: unknown, depth: number): unknown {
    if (depth === keys.length) return value;
    const key = keys[depth];
    if (typeof key === "number") {
      if (!Array.isArray(at) || key >= at.length) return refuse(depth, at, `a list with an entry [${key}]`);
      return at.map((item, k) => (k === key ? put(item, depth + 1) : item));
    }
    if (at !== undefined && (typeof at !== "object" || at === null || Array.isArray(at))) {
      return refuse(depth, at, `a record in which "${key}" can stand`);
    }
    const fields = (at ?? {}) as Readonly<Record<string, unknown>>;
    return { ...fields, [key]: put(Object.hasOwn(fields, key) ? fields[key] : undefined, depth + 1) };
  }

  return put(config, 0);
}

const joined = (text: string, key: Key) =>
  typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`;
