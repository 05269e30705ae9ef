import { InvalidParameterError } from "./errors";

/** Checks at the door: each returns the value or throws {@link InvalidParameterError} naming the parameter. */
function require(ok: boolean, parameter: string, value: unknown, allowed: string): void {
  if (!ok) throw new InvalidParameterError(parameter, value, allowed);
}

export function finite(parameter: string, value: number): number {
  require(Number.isFinite(value), parameter, value, "a finite number");
  return value;
}

export function positive(parameter: string, value: number): number {
  require(Number.isFinite(value) && value > 0, parameter, value, "a number above 0");
  return value;
}

export function nonNegative(parameter: string, value: number): number {
  require(Number.isFinite(value) && value >= 0, parameter, value, "a number of at least 0");
  return value;
}

export function between(parameter: string, value: number, low: number, high: number): number {
  require(typeof value === "number" &&
    value >= low &&
    value <= high, parameter, value, `a number from ${low} to ${high}`);
  return value;
}

/** Above 0 and at most 1: a share of something. */
export function fraction(parameter: string, value: number): number {
  require(typeof value === "number" &&
    value > 0 &&
    value <= 1, parameter, value, "a number above 0 and at most 1");
  return value;
}

export function integerAtLeast(parameter: string, value: number, least: number): number {
  require(Number.isInteger(value) && value >= least, parameter, value, `an integer of at least ${least}`);
  return value;
}

/** One of some words, which the message lists. */
export function oneOf<T extends string>(parameter: string, value: T, allowed: readonly T[]): T {
  require(allowed.includes(value), parameter, value, allowed.map((word) => `"${word}"`).join(" or "));
  return value;
}

export function integerBetween(parameter: string, value: number, least: number, most: number): number {
  const allowed = `an integer from ${least} to ${most}`;
  require(Number.isInteger(value) && value >= least && value <= most, parameter, value, allowed);
  return value;
}

const isList = (value: unknown) => Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);

/** A list, typed or not, with something in it. */
export function list<T extends ArrayLike<unknown>>(parameter: string, value: T): T {
  require(isList(value) && value.length > 0, parameter, value, "a list with something in it");
  return value;
}

/** A list of finite numbers, typed or not. */
export function numberList(parameter: string, value: ArrayLike<number>): Float64Array {
  const numbers = isList(value) && Array.prototype.every.call(value, Number.isFinite);
  require(numbers, parameter, value, "a list of finite numbers");
  return Float64Array.from(value);
}

/** Numbers as results and solvers have them. */
export function floats(parameter: string, value: Float64Array): Float64Array {
  require(value instanceof Float64Array, parameter, value, "a Float64Array");
  return value;
}

const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !isList(value);

/**
 * The door of what takes a record: it is one, and has these functions. Its numbers are checked by name; functions cannot be, as
 * what creates them did.
 */
export function record<T extends object>(
  parameter: string,
  value: T,
  functions: readonly (keyof T & string)[] = [],
): T {
  const has = isRecord(value) && functions.every((name) => typeof Reflect.get(value, name) === "function");
  const allowed = functions.length > 0 ? `a record with the functions ${functions.join(", ")}` : "a record";
  require(has, parameter, value, allowed);
  return value;
}

/** A record that holds nothing but these keys. */
export function knownKeys(parameter: string, value: object, known: readonly string[]): void {
  require(isRecord(value), parameter, value, `a record with ${known.join(", ")}`);
  for (const key of Object.keys(value)) {
    require(known.includes(key), `${parameter}.${key}`, Reflect.get(
      value,
      key,
    ), `none of that name: known are ${known.join(", ")}`);
  }
}
