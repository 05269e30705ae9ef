import type { Redis } from "ioredis";
import { InterruptedError } from "../../../core/errors";
import { version } from "../../manifest";
import type { Engine, EngineOptions, PointJob, PointResult } from "../engine";
import { connect, loadQueue } from "./connection";
import { CANCEL, idOf, parseResult, QUEUE, type QueuedPoint } from "./messages";
import { CANCELLED } from "./worker";

export interface QueueEngineOptions {
  readonly url: string;
  readonly onNotice?: (notice: string) => void;
}

/** Points in the queue at once: enough for all workers there may be, little in memory. */
const WINDOW = 2_000;
const BATCH = 200;
/** The queue tells what is finished; so often it is asked, for what was said while nobody heard it. */
const LOOK_MS = 2_000;
/** How often a point is tried that a machine, not its config, made fail; the first time again after this. */
const ATTEMPTS = 5;
const BACK_OFF_MS = 500;
/** Results that nobody took, of a sweep that was killed, wait for it to go on. */
const KEPT_SECONDS = 86_400;
const CANCEL_MS = 5_000;

/**
 * Computes points by workers anywhere: `twotime worker` on as many machines as there are. Jobs have the names of their points, so
 * that a sweep which was killed finds what was finished meanwhile, and no point is in the queue twice.
 * @throws Error where the queue cannot be reached
 */
export async function createQueueEngine({ url, onNotice }: QueueEngineOptions): Promise<Engine> {
  const { Queue, QueueEvents } = await loadQueue();
  let isClosing = false;
  const redis = await connect(url, (isThere) => {
    if (!isClosing) onNotice?.(isThere ? "the queue is back" : "the queue is away: waiting for it");
  });
  const queue = new Queue<QueuedPoint>(QUEUE, { connection: redis, streams: { events: { maxLen: 1_000 } } });
  const events = new QueueEvents(QUEUE, { connection: redis });
  queue.on("error", () => {});
  events.on("error", () => {});
  await events.waitUntilReady();
  const workers = (await queue.getWorkers()).map(({ name = "" }) => Number.parseInt(name, 10) || 1);
  if (workers.length === 0) onNotice?.("no worker serves the queue yet: twotime worker --redis URL");
  const told = new Set<string>();
  events.on("progress", ({ data }) => {
    const { refusedBy, version: theirs } = Object(data);
    if (typeof theirs !== "string" || told.has(`${refusedBy} ${theirs}`)) return;
    told.add(`${refusedBy} ${theirs}`);
    onNotice?.(
      `a worker on ${refusedBy} refuses these points: it is of version ${theirs}, this is ${version}`,
    );
  });

  async function compute(jobs: Iterable<PointJob>, { signal, onResult }: EngineOptions): Promise<void> {
    const source = jobs[Symbol.iterator]();
    const again: PointJob[] = [];
    /** Points in the queue, by the names of their jobs. */
    const waiting = new Map<string, PointJob>();
    /** What the queue said of them since it was last looked at. */
    let heard: { id: string; value?: unknown; reason?: string }[] = [];
    let wake = () => {};
    let isDrawn = false;

    const hear = (id: string, what: { value?: unknown; reason?: string }) => {
      if (!waiting.has(id)) return;
      heard.push({ id, ...what });
      wake();
    };
    const onCompleted = (e: { jobId: string; returnvalue: unknown }) =>
      hear(e.jobId, { value: e.returnvalue });
    const onFailed = (e: { jobId: string; failedReason: string }) =>
      hear(e.jobId, { reason: e.failedReason });
    const onAbort = () => wake();

    function draw(count: number): PointJob[] {
      const drawn = again.splice(0, count);
      while (!isDrawn && drawn.length < count) {
        const { done, value } = source.next();
        if (done) isDrawn = true;
        else drawn.push(value);
      }
      return drawn;
    }

    async function fill(): Promise<void> {
      while (waiting.size < WINDOW) {
        const drawn = draw(Math.min(BATCH, WINDOW - waiting.size));
        if (drawn.length === 0) return;
        const ids = drawn.map(({ hash }) => idOf(hash));
        // One that failed before is to be tried again.
        for (const id of await inSet(redis, queue.toKey("failed"), ids)) await queue.remove(id);
        for (const [k, job] of drawn.entries()) waiting.set(ids[k], job);
        await queue.addBulk(
          drawn.map((job, k) => ({ name: "point", data: { version, ...job }, opts: optionsOf(ids[k]) })),
        );
        await look(ids);
      }
    }

    /** Looks at jobs themselves: what is finished, and what is not there any more. */
    async function look(ids: readonly string[]): Promise<void> {
      const ended = [
        ...(await inSet(redis, queue.toKey("completed"), ids)),
        ...(await inSet(redis, queue.toKey("failed"), ids)),
      ];
      for (const id of ended) {
        const job = await queue.getJob(id);
        if (job) settle(id, { value: job.returnvalue ?? undefined, reason: job.failedReason });
      }
      const others = ids.filter((id) => waiting.has(id));
      const there = await Promise.all(others.map((id) => redis.exists(queue.toKey(id))));
      for (const [k, id] of others.entries()) if (there[k] === 0) offerAgain(id);
    }

    /** Another sweep with the same point took its result, or gave it up. */
    function offerAgain(id: string): void {
      const job = waiting.get(id);
      if (job) again.push(job);
      waiting.delete(id);
    }

    function settle(id: string, { value, reason }: { value?: unknown; reason?: string }): void {
      const job = waiting.get(id);
      if (!job) return;
      if (value === undefined && reason === CANCELLED) offerAgain(id);
      else {
        waiting.delete(id);
        onResult(resultOf(job, value, reason));
        taken.push(id);
      }
    }
    let taken: string[] = [];

    /** What is taken need not stay in the queue. */
    async function tidy(): Promise<void> {
      const ids = taken;
      taken = [];
      await Promise.all(ids.map((id) => queue.remove(id).catch(() => {})));
    }

    async function cancel(): Promise<void> {
      const ids = [...waiting.keys()];
      await redis.publish(CANCEL, JSON.stringify(ids));
      await Promise.all(ids.map((id) => queue.remove(id).catch(() => {})));
    }

    events.on("completed", onCompleted);
    events.on("failed", onFailed);
    signal?.addEventListener("abort", onAbort);
    let looked = performance.now();
    try {
      for (;;) {
        if (signal?.aborted) {
          // A queue that is away cannot be told.
          await Promise.race([cancel(), milliseconds(CANCEL_MS)]);
          throw new InterruptedError("interrupted", undefined, signal);
        }
        await fill();
        if (waiting.size === 0 && again.length === 0 && isDrawn) break;
        if (heard.length === 0)
          await Promise.race([new Promise<void>((resolve) => (wake = resolve)), milliseconds(LOOK_MS)]);
        const said = heard;
        heard = [];
        for (const { id, ...what } of said) settle(id, what);
        if (performance.now() - looked > LOOK_MS) {
          await look([...waiting.keys()]);
          looked = performance.now();
        }
        await tidy();
      }
      await tidy();
    } finally {
      signal?.removeEventListener("abort", onAbort);
      events.off("completed", onCompleted);
      events.off("failed", onFailed);
    }
  }

  return {
    name: "bullmq",
    keepsFields: false,
    workers: Math.max(
      1,
      workers.reduce((sum, threads) => sum + threads, 0),
    ),
    compute,
    async close() {
      isClosing = true;
      await Promise.race([Promise.all([events.close(), queue.close()]), milliseconds(CANCEL_MS)]);
      redis.disconnect();
    },
  };
}

const optionsOf = (jobId: string) => ({
  jobId,
  attempts: ATTEMPTS,
  backoff: { type: "exponential", delay: BACK_OFF_MS },
  removeOnComplete: { age: KEPT_SECONDS },
  removeOnFail: { age: KEPT_SECONDS },
});

/** Those of some names that a sorted set has. */
async function inSet(redis: Redis, key: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const scores = await redis.zmscore(key, ...ids);
  return ids.filter((_, k) => scores[k] !== null);
}

function resultOf({ hash }: PointJob, value: unknown, reason = "failed"): PointResult {
  const failed = (message: string): PointResult => ({
    hash,
    status: "failed",
    rows: [],
    message,
    seconds: 0,
  });
  if (value === undefined) return failed(`${reason}, after ${ATTEMPTS} attempts`);
  try {
    return parseResult(value, hash);
  } catch (error) {
    return failed((error as Error).message);
  }
}

const milliseconds = (count: number) => new Promise<void>((resolve) => setTimeout(resolve, count).unref());
