import { MessageChannel } from "node:worker_threads";
import type { Piscina } from "piscina";
import { InterruptedError } from "../core/errors";
import { unpackError } from "../core/packed-error";
import type { PieceOptions, PoolTask } from "../core/pool";
import { environmentOfWorker } from "./kernels-choice";
import type { WorkerAnswer, WorkerRequest } from "./worker";

/** Worker threads that are there or on their way. */
export interface Threads {
  /** Runs one piece of a task that has a module in the next free worker. */
  run<A, R>(task: PoolTask<A, R>, piece: A, options: PieceOptions): Promise<R>;
  close(): Promise<void>;
}

/** How long a worker may take to stop by itself before it is ended; a piece that paces itself needs about 50 ms. */
const GRACE_MS = 100;
const IDLE_MS = 10_000;

/** @param url the program of a worker, @param execArgv Node's own arguments for it. */
export function startThreads(workers: number, url: URL, execArgv?: readonly string[]): Threads {
  const failures = new Set<(error: Error) => void>();
  const piscina = import("piscina").then(({ Piscina }) => {
    const pool = new Piscina({
      filename: url.href,
      minThreads: 0,
      maxThreads: workers,
      idleTimeout: IDLE_MS,
      // A worker that waits for a message in the ordinary way also hears that it should stop.
      atomics: "disabled",
      recordTiming: false,
      env: environmentOfWorker() as Record<string, string>,
      ...(execArgv && { execArgv: [...execArgv] }),
    });
    // A worker that fails before it has work to fail with, e.g. where its program is not there.
    pool.on("error", (error) => {
      for (const fail of failures) fail(error);
    });
    return pool;
  });

  async function run<A, R>(task: PoolTask<A, R>, piece: A, { signal, onProgress }: PieceOptions): Promise<R> {
    const pool = await piscina;
    const { port1: here, port2: there } = new MessageChannel();
    const kill = new AbortController();
    let grace: NodeJS.Timeout | undefined;
    const stop = () => {
      here.postMessage("stop");
      grace = setTimeout(() => kill.abort(), GRACE_MS);
    };
    here.on("message", (done: number) => onProgress?.({ label: task.name, done, total: 1 }));
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop);
    const request: WorkerRequest = { name: task.name, module: task.module!, piece, port: there };
    try {
      return resultOf(await send(pool, request, kill.signal)) as R;
    } catch (error) {
      throw kill.signal.aborted ? new InterruptedError() : error;
    } finally {
      clearTimeout(grace);
      signal?.removeEventListener("abort", stop);
      here.close();
    }
  }

  function send(pool: Piscina, request: WorkerRequest, signal: AbortSignal): Promise<WorkerAnswer> {
    return new Promise<WorkerAnswer>((resolve, reject) => {
      failures.add(reject);
      const forget = () => failures.delete(reject);
      pool
        .run(request, { transferList: [request.port], signal })
        .then(resolve, reject)
        .finally(forget);
    });
  }

  return { run, close: async () => (await piscina).destroy() };
}

function resultOf(answer: WorkerAnswer): unknown {
  if ("error" in answer) throw unpackError(answer.error);
  return answer.result;
}
