import { integerBetween } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { MOST_POINTS } from "./plan";

/** A share of the points: number `index` of `count`, from 1 on. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** "3/16". @throws InvalidParameterError "--shard" */
export function parseShard(text: string): Shard {
  const [, index, count] = (/^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? []).map(Number);
  if (count >= 1 && count <= MOST_POINTS && index >= 1 && index <= count) return { index, count };
  throw new InvalidParameterError("--shard", text, "I/N, with I from 1 to N");
}

/** What `runSweep` does with a share: every N-th point, in a folder that it has together with the others. */
export const shareOf = ({ index, count }: Shard) => ({
  isMine: (point: number) => point % count === index - 1,
  lock: `lock-${index}-of-${count}`,
});

/** What a job array of Slurm needs to know. */
export interface SlurmRequest {
  /** Number of tasks, each a share of the points. */
  readonly tasks: number;
  readonly threads: number;
  /** Absolute paths: of the folder, of Node, and of the program with its first arguments. */
  readonly folder: string;
  readonly program: readonly string[];
}

/** Name of the script in the folder of a sweep. */
export const SLURM_SCRIPT = "slurm.sh";

/**
 * A script for sbatch: a job array, each task of which computes its share and keeps it in the folder; the last one to finish gathers
 * the table. Partition, account, time limit and memory are taken from sbatch's own variables (SBATCH_TIMELIMIT, …) or flags.
 */
export function slurmScript({ tasks, threads, folder, program }: SlurmRequest): string {
  integerBetween("--slurm", tasks, 1, MOST_SLURM_TASKS);
  const command = [...program, "resume", folder].map(quoted).join(" ");
  return `#!/bin/sh
#SBATCH --job-name=twotime
#SBATCH --array=1-${tasks}
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=${threads}
#SBATCH --requeue
exec ${command} --shard "$SLURM_ARRAY_TASK_ID/${tasks}" --threads ${threads} --quiet
`;
}

/** What Slurm takes as it comes; more points than that go into a task each. */
export const MOST_SLURM_TASKS = 1_000;

/** One word of a shell, whatever is in it. */
const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
