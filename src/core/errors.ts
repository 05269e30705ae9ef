/**
 * A parameter that makes no sense. Thrown at the door of every public function, before any work is done.
 * The message is one line: the parameter, its value, and what is allowed.
 */
export class InvalidParameterError extends Error {
  override readonly name = "InvalidParameterError";
  constructor(
    /** Dotted name of the parameter as the user wrote it, e.g. `schedule.exponent`. */
    readonly parameter: string,
    readonly value: unknown,
    /** What is allowed, as the end of a sentence: "an integer of at least 2". */
    readonly allowed: string,
    message = `${parameter} is ${show(value)}; allowed: ${allowed}`,
  ) {
    super(inOneLine(message));
  }
}

/** A solver that cannot meet its promise. Carries where it stood and what it has so far; it never returns NaN. */
export class ConvergenceError extends Error {
  override readonly name = "ConvergenceError";
  constructor(
    message: string,
    readonly details: {
      /** Time (or iteration) reached with good values. */
      readonly reached: number;
      /** What to try next, as a sentence. */
      readonly advice: string;
      /** The finished part of the result, readable like a whole one. */
      readonly partial?: unknown;
    },
  ) {
    super(`${message} ${details.advice}`);
  }

  /** The same error with another partial result, and how far that reaches. */
  withPartial(partial: unknown, reached = this.details.reached): ConvergenceError {
    const copy = new ConvergenceError("", { ...this.details, reached, partial });
    copy.message = this.message;
    return copy;
  }
}

/** The user asked to stop (Ctrl-C, an abort signal). Carries the finished part where there is one. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  /** @param signal what the user stopped it by: the reason that was given becomes the `cause`. */
  constructor(
    message = "interrupted",
    readonly partial?: unknown,
    signal?: AbortSignal,
  ) {
    super(message, signal?.aborted ? { cause: signal.reason } : undefined);
  }

  /** The same error with another partial result. */
  withPartial(partial: unknown): InterruptedError {
    const copy = new InterruptedError(this.message, partial);
    copy.cause = this.cause;
    return copy;
  }
}

/** A problem too large for the memory it may use. */
export class MemoryError extends Error {
  override readonly name = "MemoryError";
  constructor(
    /** Bytes the problem takes, and the most there can be. */
    readonly needed: number,
    readonly available: number,
  ) {
    super(`this takes ${inBytes(needed)} of memory in one piece; there is ${inBytes(available)}`);
  }
}

/** A number of bytes in words, e.g. "1.35 GB". */
export function inBytes(bytes: number): string {
  const power = Math.min(3, Math.max(0, Math.floor(Math.log10(bytes) / 3)));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${["bytes", "kB", "MB", "GB"][power]}`;
}

const LONGEST_LINE = 600;

/** A text on one line that a terminal can show: white space joined, control characters escaped, cut where it is long. */
export function inOneLine(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_LINE)
    .trim()
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 3)}...` : line;
}

function show(value: unknown): string {
  if (typeof value === "number" || value === undefined) return String(value);
  const text = asText(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** JSON, where a value has one: what is nested without end, and a big integer, have none. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
