import { type Command, InvalidArgumentError, Option } from "commander";
import { addEngineOptions, redisOption, tasks } from "./engine-options";
import { formatOption, threads } from "./option-values";
import type { SweepFlags } from "./sweep";
import type { VerifyFlags } from "./verify";
import type { WorkerFlags } from "./worker";

const FOLDER = "the folder of a sweep";

/** Adds what is done with many points. @param end takes the exit status */
export function addSweepCommands(program: Command, end: (status: number) => void): void {
  const computing = (name: string) =>
    program
      .command(name)
      .option("--plan", "compute at most three points, and tell what all of them will take")
      .option("--yes", "do not ask on a terminal before a long sweep")
      .option("--quiet", "no plan and no progress on standard error")
      .option("--threads <n>", "points to compute at once; default: one for each core", threads);
  const sharing = (name: string) => addEngineOptions(computing(name));

  sharing("sweep")
    .description("many points: lists and ranges over any key of a config, gathered in one table")
    .argument("<file>", "JSON or YAML with verb, base, vary, combine, seeds, timeLimit, plot")
    .requiredOption("--out <dir>", `${FOLDER}; points that it has are not computed again`)
    .option("--fields", "keep C, R and other two-time functions of each point as wholes: DIR/fields/*.h5")
    .option("--slurm [n]", "write a job array of n tasks (default 16) and give it to sbatch", tasks)
    .action(async (file: string, flags: SweepFlags) => {
      end(await (await import("./sweep")).sweepFile(file, flags));
    });

  sharing("resume")
    .description("go on with a sweep: points that are missing, and those that failed")
    .argument("<dir>", FOLDER)
    .action(async (folder: string, flags: Omit<SweepFlags, "out">) => {
      end(await (await import("./sweep")).resumeSweep(folder, flags));
    });

  program
    .command("worker")
    .description("compute points of sweeps with --engine bullmq, until Ctrl-C")
    .addOption(redisOption())
    .option("--checkpoint <dir>", "keep the states of unfinished points here and go on from them")
    .option("--quiet", "nothing but notices on standard error")
    .option("--threads <n>", "points to compute at once; default: one for each core", threads)
    .action(async (flags: WorkerFlags) => end(await (await import("./worker")).work(flags)));

  program
    .command("status")
    .description("where a sweep stands")
    .argument("<dir>", FOLDER)
    .addOption(formatOption(["table", "json"]))
    .action(async (folder: string, { format }: { format?: "table" | "json" }) => {
      const { tellStatus } = await import("./sweep");
      await tellStatus(folder, format ?? (process.stdout.isTTY ? "table" : "json"));
    });

  program
    .command("verify")
    .description("compute some points of a sweep again and compare")
    .argument("<dir>", FOLDER)
    .option("--points <n>", "how many, others each time, spread over all", points, 10)
    .option("--quiet", "no progress on standard error")
    .option("--threads <n>", "points to compute at once; default: one for each core", threads)
    .action(async (folder: string, flags: VerifyFlags) => {
      end(await (await import("./verify")).verify(folder, flags));
    });

  program
    .command("export")
    .description("gather what there is of a sweep in a table")
    .argument("<dir>", FOLDER)
    .addOption(new Option("--format <format>").choices(["csv", "hdf5", "parquet"]).makeOptionMandatory())
    .action(async (folder: string, { format }: { format: "csv" | "hdf5" | "parquet" }) => {
      const { exportSweep, FILES } = await import("../run/sweep/gather");
      const { done, total } = await exportSweep(folder, format, {
        onNotice: (notice) => void process.stderr.write(`note: ${notice}\n`),
      });
      process.stdout.write(`${done} of ${total} points: ${folder}/${FILES[format]}\n`);
    });
}

function points(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError("Allowed: an integer of at least 1.");
  return count;
}
