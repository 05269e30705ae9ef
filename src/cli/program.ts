import { Command, CommanderError, Option } from "commander";
import { version } from "../../package.json";
import type { Verb } from "../systems/config/config";
import type { AtlasFlags } from "./atlas";
import type { CiteFormat } from "./cite";
import { complain, EXIT } from "./failure";
import { addManual } from "./manual";
import { formatOption, port, threads } from "./option-values";
import type { PlayFlags } from "./play";
import { addSweepCommands } from "./sweep-commands";
import type { Flags } from "./verbs";

const VERBS: Readonly<Record<Verb, string>> = {
  solve: "the theory",
  simulate: "the finite system",
  predict: "closed forms",
  compare: "theory against the finite system: agreement table with statistics and p-values",
  optimise: "best schedule: search over named parameters by the theory, with the landscape it saw",
};

const THREADS = "number of threads for independent samples; default: one for each core";

/** Parses the arguments and does what they say. @returns the exit status. */
export async function runProgram(args: readonly string[]): Promise<number> {
  let status: number = EXIT.done;
  const program = new Command("twotime")
    .description(
      "Exact dynamics of learning in high-dimensional rough landscapes, proved against the finite system",
    )
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text) => complain(text.replace(/^error: /, "")) });

  for (const [verb, description] of Object.entries(VERBS)) {
    const command = program.command(verb).description(description);
    command.argument("<file>", "config in JSON or YAML; - reads standard input");
    if (verb === "solve" || verb === "compare") {
      command.option("--fields", "keep C, R and other two-time functions as wholes: fields.h5 in --out");
    }
    addFlags(command).action(async (file: string, flags: Flags) => {
      const { runConfigFile } = await import("./verbs");
      status = await runConfigFile(verb as Verb, file, flags);
    });
  }

  addSweepCommands(program, (result) => {
    status = result;
  });

  program
    .command("list")
    .description("systems; with a name: parameters, methods, quantities, predictions")
    .argument("[system]", "a name; without one, all of them")
    .addOption(formatOption(["table", "json"]))
    .action(async (system: string | undefined, { format }: { format?: "table" | "json" }) => {
      const { list } = await import("./list");
      process.stdout.write(list(system, format ?? (process.stdout.isTTY ? "table" : "json")));
    });

  program
    .command("cite")
    .description("what to cite: this package and the papers behind a system")
    .argument("[system]", "a name, as twotime list prints it; without one, all of them")
    .addOption(
      new Option("--format <format>", "default: text on a terminal, else bibtex").choices([
        "text",
        "bibtex",
        "json",
      ]),
    )
    .action(async (system: string | undefined, { format }: { format?: CiteFormat }) => {
      const { cite } = await import("./cite");
      process.stdout.write(cite(system, format ?? (process.stdout.isTTY ? "text" : "bibtex")));
    });

  program
    .command("schema")
    .description("JSON Schema of the config files, for editors")
    .option("--sweep", "of sweep files")
    .action(async ({ sweep }: { sweep?: boolean }) => {
      const schema = sweep
        ? (await import("../run/sweep/json-schema")).sweepSchema()
        : (await import("../systems/config/json-schema")).configSchema();
      process.stdout.write(`${JSON.stringify(schema)}\n`);
    });

  program
    .command("atlas")
    .description("figures of the papers and the report")
    .addOption(
      new Option("--preset <preset>", "size of the figures")
        .choices(["quick", "standard", "paper"])
        .default("quick"),
    )
    .option("--only <id...>", "these figures alone, with spaces or commas between")
    .option("--plan", "only tell what each figure costs, and all of them")
    .option("--resume", "keep what the folder has of this preset and version")
    .option("--out <dir>", "where the report goes", "report")
    .option("--quiet", "no progress on standard error")
    .option("--threads <n>", THREADS, threads)
    .action(async (flags: AtlasFlags) => {
      const { makeAtlas } = await import("./atlas");
      status = await makeAtlas(flags);
    });

  program
    .command("play")
    .description("the playground in the browser, until Ctrl-C")
    .option("--port <n>", "default: a free one", port)
    .option("--no-open", "only print the address")
    .action(async (flags: PlayFlags) => {
      const { play } = await import("./play");
      status = await play(flags);
    });

  addManual(program);
  try {
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongConfig;
    throw error;
  }
}

function addFlags(command: Command): Command {
  return command
    .addOption(formatOption(["table", "json", "csv"]))
    .option("--out <dir>", "keep the run in this folder: config, manifest, rows, plots")
    .option(
      "--checkpoint <dir>",
      "keep the state here and go on from it: samples, searches, damped, particles, aging (--out keeps it in its folder)",
    )
    .option("--quiet", "no progress on standard error")
    .option("--threads <n>", THREADS, threads)
    .option("--seed <n>", "seed of all random numbers, in place of the config's", seed);
}

/** A seed is a number where it looks like one, as in a config. */
function seed(text: string): number | string {
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
