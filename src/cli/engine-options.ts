import { type Command, InvalidArgumentError, Option } from "commander";
import type { Engine } from "../run/sweep/engine";

/** Who computes the points of a sweep. */
export interface EngineFlags {
  readonly engine: "local" | "bullmq";
  readonly redis?: string;
  readonly shard?: string;
  readonly threads?: number;
}

export const redisOption = () =>
  new Option(
    "--redis <url>",
    "redis://[user:password@]host[:port][/number], rediss:// for TLS; or TWOTIME_REDIS",
  );

/** Adds the flags that choose who computes. */
export function addEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--engine <engine>", "local: processes here; bullmq: twotime worker, anywhere")
        .choices(["local", "bullmq"])
        .default("local"),
    )
    .addOption(redisOption())
    .option("--shard <i/n>", "only the I-th of N shares of the points; the shares have the folder together");
}

/** The engine that flags mean, and which points are for it. @throws InvalidParameterError for flags that exclude each other */
export async function engineOf(
  { engine, redis, shard, threads }: EngineFlags,
  onNotice: (notice: string) => void,
): Promise<{
  readonly engine: Engine;
  readonly isMine?: (point: number) => boolean;
  readonly lock?: string;
}> {
  const [{ InvalidParameterError }, { parseShard, shareOf }] = await Promise.all([
    import("../core/errors"),
    import("../run/sweep/shard"),
  ]);
  const share = shard === undefined ? {} : shareOf(parseShard(shard));
  if (engine === "bullmq") {
    if (shard !== undefined) {
      throw new InvalidParameterError(
        "--shard",
        shard,
        "nothing with --engine bullmq, which shares the points itself",
      );
    }
    const [{ redisUrl }, { createQueueEngine }] = await Promise.all([
      import("../run/sweep/queue/connection"),
      import("../run/sweep/queue/engine"),
    ]);
    return { engine: await createQueueEngine({ url: redisUrl(redis), onNotice }) };
  }
  if (redis !== undefined)
    throw new InvalidParameterError("--redis", "given", "nothing without --engine bullmq");
  const { createLocalEngine } = await import("../run/sweep/local");
  return { engine: createLocalEngine(threads === undefined ? {} : { workers: threads }), ...share };
}

/** Number of tasks of a job array. */
export function tasks(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1_000) return count;
  throw new InvalidArgumentError("Allowed: an integer from 1 to 1000.");
}
