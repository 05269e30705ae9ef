import { hostname } from "node:os";
import type { Job } from "bullmq";
import { InterruptedError, inOneLine } from "../../../core/errors";
import { version } from "../../manifest";
import type { PointResult } from "../engine";
import { createLocalEngine } from "../local";
import { connect, loadQueue } from "./connection";
import { CANCEL, MOST_RESULT_BYTES, parseJob, parseVersion, QUEUE } from "./messages";

export interface WorkerRequest {
  readonly url: string;
  /** Points to compute at once. */
  readonly threads: number;
  readonly signal: AbortSignal;
  /** Folder for the states of points that are not finished; left out, a point that comes back begins anew. */
  readonly states?: string;
  readonly onNotice?: (notice: string) => void;
  readonly onPoint?: (result: PointResult) => void;
  /** How long a point stays with a worker that does not say it is there, and how often that is looked at; in ms. */
  readonly patience?: { readonly lock: number; readonly look: number };
  /** The program of the processes that compute, in benchmarks another one. */
  readonly program?: URL;
  /** Version of what this worker computes with, in tests another one. */
  readonly version?: string;
}

const PATIENCE = { lock: 15_000, look: 5_000 };
/** So many workers may vanish with a point before it counts as dead. */
const MOST_LOSSES = 20;
/** A refused point is offered to others this much later. */
const REFUSED_MS = 2_000;

/**
 * Computes points of a queue until it is aborted, in processes of their own, so that this one has the time to say that it is
 * there. A point that it leaves unfinished goes back.
 * @throws Error where the queue cannot be reached
 */
export async function serveQueue(request: WorkerRequest): Promise<void> {
  const { url, threads, signal, onNotice, onPoint } = request;
  const { Worker, DelayedError, UnrecoverableError, WaitingError } = await loadQueue();
  const own = request.version ?? version;
  const patience = request.patience ?? PATIENCE;
  const redis = await connect(url, (isThere) =>
    signal.aborted
      ? undefined
      : onNotice?.(isThere ? "the queue is back" : "the queue is away: waiting for it"),
  );
  const listener = redis.duplicate();
  listener.on("error", () => {});
  const engine = createLocalEngine({ workers: 1, deaths: 1, program: request.program });
  const active = new Map<string, AbortController>();
  const told = new Set<string>();

  async function refuse(job: Job, theirs: string, token: string | undefined): Promise<never> {
    if (!told.has(theirs)) onNotice?.(`refused: points of version ${inOneLine(theirs)}, this is ${own}`);
    told.add(theirs);
    await job.updateProgress({ refusedBy: hostname(), version: own });
    await job.moveToDelayed(Date.now() + REFUSED_MS, token);
    throw new DelayedError();
  }

  async function compute(job: Job, token: string | undefined): Promise<PointResult> {
    const theirs = orUnrecoverable(() => parseVersion(job.data));
    if (theirs !== own) return refuse(job, theirs, token);
    const point = orUnrecoverable(() => parseJob(job.data));
    const cancel = new AbortController();
    active.set(job.id!, cancel);
    try {
      let result: PointResult | undefined;
      const both = AbortSignal.any([cancel.signal, signal]);
      const folders = { states: request.states };
      await engine.compute([point], { signal: both, folders, onResult: (found) => (result = found) });
      if (result!.lost) throw new Error(result!.message);
      const bytes = JSON.stringify(result).length;
      if (bytes > MOST_RESULT_BYTES)
        throw new UnrecoverableError(`${bytes} bytes of rows: too many for a queue`);
      onPoint?.(result!);
      return result!;
    } catch (error) {
      if (!(error instanceof InterruptedError)) throw error;
      if (!signal.aborted) throw new UnrecoverableError(CANCELLED);
      await job.moveToWait(token);
      throw new WaitingError();
    } finally {
      active.delete(job.id!);
    }
  }

  function orUnrecoverable<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw new UnrecoverableError((error as Error).message);
    }
  }

  const worker = new Worker(QUEUE, compute, {
    connection: redis,
    concurrency: threads,
    name: `${threads}-${hostname().replace(/[^\w.-]/g, "")}-${process.pid}`,
    lockDuration: patience.lock,
    stalledInterval: patience.look,
    maxStalledCount: MOST_LOSSES,
  });
  // The connection says what is wrong with it; a lock that was lost comes back as a stalled point.
  worker.on("error", () => {});
  listener.on("message", (_channel, text) => {
    for (const id of idsOf(text)) active.get(id)?.abort();
  });
  await listener.subscribe(CANCEL);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
  // A queue that is away takes nothing back: its own clock will.
  await Promise.race([worker.close(), milliseconds(CLOSE_MS)]);
  await engine.close();
  for (const connection of [redis, listener]) connection.disconnect();
}

/** Why a point failed that nobody waits for. */
export const CANCELLED = "cancelled";
const CLOSE_MS = 5_000;

const milliseconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count).unref());

function idsOf(text: string): string[] {
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
