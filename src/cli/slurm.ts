import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { SweepPlan } from "../run/sweep/plan";
import { complain, EXIT } from "./failure";

export interface SlurmFlags {
  readonly out: string;
  readonly plan?: boolean;
  readonly threads?: number;
  /** Number of tasks. */
  readonly slurm?: number | true;
}

const DEFAULT_TASKS = 16;

/**
 * Does what `twotime sweep FILE --slurm` says: checks every point, writes plan and job array into the folder, and gives it to
 * sbatch; with --plan it only writes. @returns the exit status
 */
export async function submitSweep(plan: SweepPlan, flags: SlurmFlags): Promise<number> {
  const [{ createPoints }, { openSweepFolder, writePlan }, { SLURM_SCRIPT, slurmScript }] = await Promise.all(
    [import("../run/sweep/points"), import("../run/sweep/sweep-folder"), import("../run/sweep/shard")],
  );
  const { size } = await createPoints(plan);
  const asked = flags.slurm === true || flags.slurm === undefined ? DEFAULT_TASKS : flags.slurm;
  const folder = resolve(flags.out);
  const script = slurmScript({
    tasks: Math.min(asked, size),
    threads: flags.threads ?? 1,
    folder,
    program: [process.execPath, ...process.execArgv, resolve(process.argv[1])],
  });
  const files = await openSweepFolder(flags.out, plan);
  await writePlan(files, plan);
  await files.write(SLURM_SCRIPT, script);
  const path = `${folder}/${SLURM_SCRIPT}`;
  if (flags.plan) {
    process.stdout.write(`written, not submitted: ${path}\n`);
    return EXIT.done;
  }
  try {
    const output = `--output=${folder}/slurm-%A_%a.log`;
    const { stdout } = await promisify(execFile)("sbatch", ["--parsable", output, path]);
    process.stdout.write(`job ${stdout.trim()} computes ${size} points: ${path}\n`);
    return EXIT.done;
  } catch (error) {
    const { code, stderr, message } = error as Error & { code?: string; stderr?: string };
    const reason = code === "ENOENT" ? "there is no sbatch here" : stderr?.trim() || message;
    complain(`not submitted, ${reason}; the script is ${path}`);
    return EXIT.failed;
  }
}
