import { InvalidParameterError, inOneLine } from "../core/errors";

/** How the program ends: the contract of the command line. */
export const EXIT = { done: 0, failed: 1, wrongConfig: 2 } as const;

/** Says on one line of standard error what went wrong. */
export function complain(message: string): void {
  process.stderr.write(`error: ${inOneLine(message)}\n`);
}

/** Says what went wrong and returns the exit status for it. */
export function fail(error: unknown): number {
  complain(error instanceof Error ? error.message : String(error));
  return error instanceof InvalidParameterError ? EXIT.wrongConfig : EXIT.failed;
}
