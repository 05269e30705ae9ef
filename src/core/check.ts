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
  require(value >= low && value <= high, parameter, value, `a number from ${low} to ${high}`);
  return value;
}

/** Above 0 and at most 1: a share of something. */
export function fraction(parameter: string, value: number): number {
  require(value > 0 && value <= 1, parameter, value, "a number above 0 and at most 1");
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
