import { InvalidParameterError } from "../../src/core/errors";
import type { Options } from "../../src/core/options";
import { runVerb } from "../../src/run/execute";
import { parseConfig, type Verb } from "../../src/systems/config/config";
import { reportOf } from "../../src/systems/config/report-of";
import type { Row } from "../../src/systems/rows/row";

/** What the command line comes to: its exit status, and what it prints. */
export interface CaseOutcome {
  readonly exit: 0 | 1 | 2;
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  /** The line on standard error. */
  readonly message: string;
  /** The parameter that the line names. */
  readonly parameter?: string;
}

/** Does what `twotime VERB FILE` does, in this process. */
export async function runCase(verb: Verb, source: unknown, options: Options = {}): Promise<CaseOutcome> {
  try {
    const config = parseConfig(source, verb);
    reportOf(verb, config);
    const { status, message = "", rows, notes } = await runVerb(verb, config, options);
    return { exit: status === "done" ? 0 : 1, rows: rows as readonly Row[], notes, message };
  } catch (error) {
    if (!(error instanceof InvalidParameterError)) throw error;
    return { exit: 2, rows: [], notes: [], message: error.message, parameter: error.parameter };
  }
}
