import { availableParallelism } from "node:os";
import { EXIT } from "./failure";
import { abortOnInterrupt } from "./interrupt";

export interface WorkerFlags {
  readonly redis?: string;
  readonly threads?: number;
  readonly checkpoint?: string;
  readonly quiet?: boolean;
}

/** Does what `twotime worker` says, until Ctrl-C. @returns the exit status. @throws Error where the queue cannot be reached */
export async function work(flags: WorkerFlags): Promise<number> {
  const { redis, threads = availableParallelism(), checkpoint, quiet } = flags;
  const [{ addressOf, redisUrl }, { serveQueue }] = await Promise.all([
    import("../run/sweep/queue/connection"),
    import("../run/sweep/queue/worker"),
  ]);
  const url = redisUrl(redis);
  const say = (line: string) => void (quiet || process.stderr.write(`${line}\n`));
  let [done, failed] = [0, 0];
  say(`serving ${addressOf(url)} with ${threads} ${threads === 1 ? "process" : "processes"}; Ctrl-C ends it`);
  await serveQueue({
    url,
    threads,
    states: checkpoint,
    signal: abortOnInterrupt(),
    onNotice: (notice) => void process.stderr.write(`note: ${notice}\n`),
    onPoint({ status }) {
      if (status === "done") done++;
      else failed++;
    },
  });
  say(`${done} points done, ${failed} failed`);
  return EXIT.done;
}
