import type { Outcome } from "../run/execute";
import type { OpenRun } from "../run/run-folder";
import type { Config, Verb } from "../systems/config/config";
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
}

/** Does what `twotime VERB FILE` says. @returns the exit status. @throws InvalidParameterError for a wrong config. */
export async function runConfigFile(verb: Verb, file: string, flags: Flags): Promise<number> {
  const [{ readConfig }, { parseConfig, withSeed }, { reportOf }, { runVerb }] = await Promise.all([
    import("../run/read-config"),
    import("../systems/config/config"),
    import("../systems/config/report-of"),
    import("../run/execute"),
  ]);
  const source = await readConfig(file);
  const config = parseConfig(flags.seed === undefined ? source : withSeed(source, flags.seed), verb);
  reportOf(verb, config);
  const folder = flags.out === undefined ? undefined : await open(flags.out, verb, config);
  const progress = createProgress(flags.quiet ?? false);
  const checkpoint = flags.checkpoint === undefined ? undefined : await checkpointIn(flags.checkpoint);
  const options = { signal: abortOnInterrupt(), onProgress: progress.report, checkpoint };
  const outcome = await withPool(flags.threads, (pool) => runVerb(verb, config, { ...options, pool }))
    .catch(async (error) => {
      await folder?.discard();
      throw error;
    })
    .finally(progress.stop);
  const { status, message, rows } = outcome;
  const plots = folder && (await plotsOf(config, outcome));
  await folder?.finish({ status, message, rows, plots });
  await print(verb, config, outcome, flags.format ?? (process.stdout.isTTY ? "table" : "json"));
  if (message !== undefined) complain(message);
  return status === "done" ? EXIT.done : EXIT.failed;
}

const checkpointIn = async (folder: string) => (await import("../run/checkpoint")).openCheckpoint(folder);

async function open(folder: string, verb: Verb, config: Config): Promise<OpenRun> {
  const [{ openRun }, { startManifest }] = await Promise.all([
    import("../run/run-folder"),
    import("../run/manifest"),
  ]);
  return openRun(folder, { config: config.source, manifest: startManifest(verb, config) });
}

/** A plot of a comparison that is whole; there is no time to draw after an interruption. */
async function plotsOf(config: Config, { status, comparison }: Outcome): Promise<Record<string, string>> {
  if (!comparison?.quantities.length || status !== "done") return {};
  const [{ comparisonFigure }, { createDocument }] = await Promise.all([
    import("../figures"),
    import("../run/document"),
  ]);
  const { title, quantities } = config.system;
  const symbols = Object.fromEntries(quantities.map(({ name, symbol }) => [name, symbol]));
  return { comparison: comparisonFigure(comparison, title, await createDocument(), symbols) };
}

async function print(verb: Verb, config: Config, outcome: Outcome, format: Format): Promise<void> {
  if (format === "json") return write(resultJson(verb, config, outcome));
  if (format === "csv") return write(await (await import("../run/csv")).rowsToCsv(outcome.rows));
  return write((await import("./outcome-table")).outcomeTable(verb, config, outcome));
}

/** What `--format json` prints: what applies to the verb, with defaults filled in; every row on a line. */
function resultJson(verb: Verb, config: Config, outcome: Outcome): string {
  const { status, message, notes, rows, seconds } = outcome;
  const result = {
    system: config.system.name,
    parameters: config.parameters,
    method: config.method,
    ...((verb === "simulate" || verb === "compare") && { simulation: config.simulation }),
    ...(verb === "optimise" && { optimise: config.search ?? config.goal }),
    rows,
    seconds,
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
