import { InvalidParameterError, inBytes } from "./errors";
import type { Options } from "./options";

/**
 * A share of what a computation takes, with the parameter that it grows with. Estimates: right within a factor of a few,
 * which tells minutes from days and what fits from what does not. They are listed from the inside out: what one run takes
 * by its size and length, then what more runs add.
 */
export interface Cost {
  /** As errors call it, e.g. `simulation.size`. */
  readonly parameter: string;
  readonly value: unknown;
  /** Memory that is taken at the same time as that of the other shares. */
  readonly bytes?: number;
  /** Seconds of one core. */
  readonly seconds?: number;
}

/** What a process may take where nobody knows the machine: in a browser, or a script without `twotime/node`. */
const UNKNOWN_MACHINE = 4e9;
/** Longer than any campaign. */
const MOST_SECONDS = 365 * 86_400;
/** From here on a user should know before it begins. */
const NOTABLE_SECONDS = 600;

let mostBytes = UNKNOWN_MACHINE;

/** Sets the bytes that one process may take: of a machine that is known. @returns what it was. */
export function allowMemory(bytes: number): number {
  const before = mostBytes;
  mostBytes = bytes;
  return before;
}

/**
 * Checks at the door of a long computation that it can be done, before any memory is taken; one of more than ten minutes
 * is told to `onNotice`.
 * @throws InvalidParameterError naming the first parameter with which it is too much: more memory than a process may take,
 *   or more than a year.
 */
export function requireBudget(
  costs: readonly Cost[],
  { pool, onNotice }: Pick<Options, "pool" | "onNotice"> = {},
): void {
  const bytes = costs.map((cost) => cost.bytes ?? 0);
  const seconds = costs.map((cost) => (cost.seconds ?? 0) / (pool?.workers ?? 1));
  const place = `a process may take ${inBytes(rounded(mostBytes))}`;
  refuseBeyond(mostBytes, costs, bytes, (sum) => `what fits in memory: this takes ${inBytes(sum)}, ${place}`);
  refuseBeyond(MOST_SECONDS, costs, seconds, (sum) => `what ends in a year: this takes ${durationText(sum)}`);
  const all = totalOf(seconds);
  if (all > NOTABLE_SECONDS) onNotice?.(`this will take about ${durationText(all)}`);
}

const totalOf = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0);

function refuseBeyond(
  most: number,
  costs: readonly Cost[],
  shares: readonly number[],
  allowed: (sum: number) => string,
): void {
  const total = totalOf(shares);
  if (total <= most) return;
  const first = shares.findIndex((_, k) => !(totalOf(shares.slice(0, k + 1)) <= most));
  throw new InvalidParameterError(costs[first].parameter, costs[first].value, allowed(rounded(total)));
}

const rounded = (value: number) => Number(value.toPrecision(2));

const UNITS = [
  { name: "years", seconds: 365 * 86_400 },
  { name: "days", seconds: 86_400 },
  { name: "hours", seconds: 3_600 },
  { name: "minutes", seconds: 60 },
];

/** A duration in words, e.g. "3.2 hours". */
function durationText(seconds: number): string {
  const unit = UNITS.find((one) => seconds >= 2 * one.seconds) ?? UNITS[UNITS.length - 1];
  return `${rounded(seconds / unit.seconds)} ${unit.name}`;
}
