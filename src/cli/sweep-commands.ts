import type { Command } from "commander";
import { formatOption, threads } from "./option-values";
import type { SweepFlags } from "./sweep";

const FOLDER = "the folder of a sweep";

/** Adds what is done with many points. @param end takes the exit status */
export function addSweepCommands(program: Command, end: (status: number) => void): void {
  const computing = (name: string) =>
    program
      .command(name)
      .option("--plan", "compute at most three points, and tell what all of them will take")
      .option("--quiet", "no plan and no progress on standard error")
      .option("--threads <n>", "points to compute at once; default: one for each core", threads);

  computing("sweep")
    .description("many points: lists and ranges over any key of a config, gathered in one table")
    .argument("<file>", "JSON or YAML with verb, base, vary, combine, seeds, timeLimit, plot")
    .requiredOption("--out <dir>", `${FOLDER}; points that it has are not computed again`)
    .action(async (file: string, flags: SweepFlags) => {
      end(await (await import("./sweep")).sweepFile(file, flags));
    });

  computing("resume")
    .description("go on with a sweep: points that are missing, and those that failed")
    .argument("<dir>", FOLDER)
    .action(async (folder: string, flags: Omit<SweepFlags, "out">) => {
      end(await (await import("./sweep")).resumeSweep(folder, flags));
    });

  program
    .command("status")
    .description("where a sweep stands")
    .argument("<dir>", FOLDER)
    .addOption(formatOption(["table", "json"]))
    .action(async (folder: string, { format }: { format?: "table" | "json" }) => {
      const { tellStatus } = await import("./sweep");
      await tellStatus(folder, format ?? (process.stdout.isTTY ? "table" : "json"));
    });
}
