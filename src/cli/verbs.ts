import { join } from "node:path";
import { InvalidParameterError, inOneLine } from "../core/errors";
import type { KeepRows, Outcome } from "../run/execute";
import type { OpenRun } from "../run/run-folder";
import type { RunState } from "../run/run-state";
import type { Config, Verb } from "../systems/config/config";
import type { Fields } from "../systems/fields/lay-out";
import { complain, EXIT } from "./failure";
import { abortOnInterrupt } from "./interrupt";
import { createProgress } from "./progress";
import { withPool } from "./with-pool";

export type Format = "table" | "json" | "csv";

/** The flags of the verbs that compute. */
export interface Flags {
  readonly format?: Format;
  readonly out?: string;
  readonly checkpoint?: string;
  readonly quiet?: boolean;
  readonly threads?: number;
  readonly seed?: number | string;
  /** Of solve and compare: keep the two-time functions as wholes. */
  readonly fields?: boolean;
}

/** Does what `twotime VERB FILE` says. @returns the exit status. @throws InvalidParameterError for a wrong config. */
export async function runConfigFile(verb: Verb, file: string, flags: Flags): Promise<number> {
  const [
    { readConfig },
    { parseConfig, withFields, withSeed },
    { checkCheckpoint, keepsState },
    { reportOf },
    { runVerb },
  ] = await Promise.all([
    import("../run/read-config"),
    import("../systems/config/config"),
    import("../systems/config/checkpoint"),
    import("../systems/config/report-of"),
    import("../run/execute"),
  ]);
  const read = await readConfig(file);
  const source = flags.seed === undefined ? read : withSeed(read, flags.seed);
  const config = parseConfig(flags.fields ? withFields(source) : source, verb);
  requireFolder(flags, config);
  reportOf(verb, config);
  if (flags.checkpoint !== undefined) checkCheckpoint(verb, config, "--checkpoint", flags.checkpoint);
  const checkpoint = flags.checkpoint === undefined ? undefined : await checkpointIn(flags.checkpoint);
  const folder = flags.out === undefined ? undefined : await open(flags.out, verb, config);
  const state = flags.out !== undefined && keepsState(verb, config) ? await stateIn(flags.out) : undefined;
  const progress = createProgress(flags.quiet ?? false);
  const options = {
    signal: abortOnInterrupt(),
    onProgress: progress.report,
    checkpoint: checkpoint ?? state?.store,
    ...(!flags.quiet && { onNotice: tell }),
  };
  const kept = folder && keepNowAndThen(folder);
  const outcome = await withPool(flags.threads, (pool) =>
    runVerb(verb, config, { ...options, pool }, kept?.keep),
  )
    .catch(async (error) => {
      await kept?.stop();
      await folder?.discard();
      throw error;
    })
    .finally(progress.stop);
  await kept?.stop();
  const { status, message, rows } = outcome;
  // A state that cannot be kept is no reason to lose the numbers.
  if (status !== "done") await state?.keep().catch(() => {});
  const plots = folder && (await drawn(verb, config, outcome));
  const fields = outcome.fields && (await fieldsFile(config, outcome, outcome.fields));
  // What was computed is printed whatever becomes of the folder.
  const unwritten = await folder
    ?.finish({ status, message, rows, plots, fields })
    .catch((error: Error) => error.message);
  if (status === "done" && unwritten === undefined) await state?.remove();
  await print(verb, config, outcome, flags.format ?? (process.stdout.isTTY ? "table" : "json"));
  for (const reason of [message, unwritten]) if (typeof reason === "string") complain(reason);
  return status === "done" && unwritten === undefined ? EXIT.done : EXIT.failed;
}

/** Fields are kept in a folder or not at all. */
function requireFolder({ out, fields }: Flags, { report }: Config): void {
  if (out !== undefined || !report.fields) return;
  const parameter = fields ? "--fields" : "report.fields";
  const value = fields ? true : report.fields;
  throw new InvalidParameterError(parameter, value, "only together with --out DIR, where fields.h5 is kept");
}

/** The plots of a run by file name; a run is worth keeping without them. */
async function drawn(verb: Verb, config: Config, outcome: Outcome) {
  const [{ plotsOf }, { plotFiles }, { reportOf }] = await Promise.all([
    import("../run/plots"),
    import("../run/png"),
    import("../systems/config/report-of"),
  ]);
  return plotFiles(await plotsOf(verb, config, reportOf(verb, config), outcome));
}

async function fieldsFile(
  { system, parameters, method }: Config,
  { description }: Outcome,
  fields: Fields,
): Promise<Uint8Array> {
  const [{ fieldsToHdf5 }, { version }] = await Promise.all([
    import("../run/fields-file"),
    import("../run/manifest"),
  ]);
  return fieldsToHdf5(fields, { system, parameters, method, version, description });
}

const KEEP_EVERY_MS = 5_000;

/** Writes the rows of what is finished into the folder every few seconds, one time after the other. */
function keepNowAndThen(folder: OpenRun): { keep: KeepRows; stop(): Promise<void> } {
  let next = performance.now() + KEEP_EVERY_MS;
  let writing: Promise<void> | undefined;
  let stopped = false;
  return {
    keep(make) {
      if (stopped || writing || performance.now() < next) return;
      writing = make()
        .then(({ rows, message }) => folder.keep(rows, message))
        // The end of the run tells what is wrong with the folder.
        .catch(() => {})
        .finally(() => {
          writing = undefined;
          next = performance.now() + KEEP_EVERY_MS;
        });
    },
    async stop() {
      stopped = true;
      await writing;
    },
  };
}

/** Says on one line of standard error what a user should know. */
function tell(notice: string): void {
  process.stderr.write(`note: ${inOneLine(notice)}\n`);
}

async function stateIn(folder: string): Promise<RunState> {
  const { createRunState, STATE } = await import("../run/run-state");
  return createRunState(join(folder, STATE), "--out");
}

const checkpointIn = async (folder: string) => (await import("../run/checkpoint")).openCheckpoint(folder);

async function open(folder: string, verb: Verb, config: Config): Promise<OpenRun> {
  const [{ openRun }, { startManifest }] = await Promise.all([
    import("../run/run-folder"),
    import("../run/manifest"),
  ]);
  return openRun(folder, { config: config.source, manifest: startManifest(verb, config) });
}

async function print(verb: Verb, config: Config, outcome: Outcome, format: Format): Promise<void> {
  if (format === "json") return write(resultJson(verb, config, outcome));
  if (format === "csv") {
    // JSON and tables carry the notes themselves.
    for (const note of outcome.notes) tell(note);
    return write(await (await import("../run/csv")).rowsToCsv(outcome.rows));
  }
  return write((await import("./outcome-table")).outcomeTable(verb, config, outcome));
}

/** What `--format json` prints: what applies to the verb, with defaults filled in; every row on a line. */
function resultJson(verb: Verb, config: Config, outcome: Outcome): string {
  const { status, message, notes, work, rows, seconds } = outcome;
  const result = {
    system: config.system.name,
    parameters: config.parameters,
    method: config.method,
    ...((verb === "simulate" || verb === "compare") && { simulation: config.simulation }),
    ...(verb === "optimise" && { optimise: config.search ?? config.goal }),
    rows,
    seconds,
    ...(work && { work }),
    ...(notes.length > 0 && { notes }),
    ...(status !== "done" && { status, message }),
  };
  const entries = Object.entries(result).map(([key, value]) =>
    key === "rows" && rows.length > 0
      ? `  "rows": [\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n")}\n  ]`
      : `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return `{\n${entries.join(",\n")}\n}\n`;
}

function write(text: string): void {
  process.stdout.write(text);
}
