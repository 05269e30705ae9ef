import { availableParallelism } from "node:os";
import { integerBetween, knownKeys, nonNegative } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import type { MapOptions } from "../core/options";
import { createPieceQueue } from "../core/piece-queue";
import { MOST_WORKERS, type Pool, type PoolTask, runHere, serialPool } from "../core/pool";
import { useMachineMemory } from "./machine";
import { startThreads, type Threads } from "./threads";

/** A pool of worker threads. */
export interface WorkerPool extends Pool {
  /** Ends the workers. They keep no process alive, so a program that ends need not wait for this. */
  close(): Promise<void>;
}

export interface PoolOptions {
  /** Default: the cores that the process may use. */
  readonly workers?: number;
  /** Milliseconds of work in this thread before the workers start, so that little work does without; default 150. */
  readonly startAfter?: number;
  /** The program of a worker; default: the one beside this module. */
  readonly worker?: { readonly url: URL; readonly execArgv?: readonly string[] };
}

/** What a worker takes to start, and a little more. */
const START_AFTER_MS = 150;

/**
 * A pool of worker threads, started by the first work that takes longer than `startAfter`. Pieces are copied to the
 * workers, the arrays of results are moved back. After an abort the workers have 100 ms to hand over what they have.
 * A task without a module, and a single piece, run in this thread.
 * @throws InvalidParameterError named `workers`, `startAfter` or, by `map`, `task.module`.
 */
export function createPool(options: PoolOptions = {}): WorkerPool {
  knownKeys("options", options, ["workers", "startAfter", "worker"]);
  const workers = integerBetween("workers", options.workers ?? availableParallelism(), 1, MOST_WORKERS);
  const startAfter = nonNegative("startAfter", options.startAfter ?? START_AFTER_MS);
  const { url, execArgv } = options.worker ?? { url: ownWorker() };
  let threads: Threads | undefined;
  useMachineMemory();

  async function map<A, R>(
    task: PoolTask<A, R>,
    pieces: readonly A[],
    mapOptions: MapOptions<R> = {},
  ): Promise<R[]> {
    if (task.module === undefined || pieces.length < 2) return serialPool.map(task, pieces, mapOptions);
    checkModule(task.module);
    const queue = createPieceQueue<R>(task.name, pieces.length, mapOptions);
    const inWorker = async () => {
      if (queue.left() === 0) return;
      threads ??= startThreads(workers, url, execArgv);
      const { run } = threads;
      await queue.work((piece, inside) => run(task, pieces[piece], inside));
    };
    let here: Promise<void> | undefined;
    if (!threads && startAfter > 0) {
      const end = performance.now() + startAfter;
      here = queue.work(runHere(task, pieces, mapOptions), () => performance.now() >= end);
      await Promise.race([here, milliseconds(startAfter)]);
    }
    // This thread brings its piece to an end before a worker takes its place, so that there are never more at work.
    const lanes = Array.from({ length: workers - 1 }, inWorker);
    await Promise.all([...lanes, here ? here.then(inWorker) : inWorker()]);
    return queue.results();
  }

  return {
    workers,
    map,
    async close() {
      const running = threads;
      threads = undefined;
      await running?.close();
    },
  };
}

/** Beside this module: the built program, or in a checkout the one that reads the sources. */
function ownWorker(): URL {
  const here = import.meta.url;
  return here.endsWith(".ts") ? new URL("./source-worker.mjs", here) : new URL("./worker.js", here);
}

function checkModule(module: string): void {
  if (module === "twotime" || URL.canParse(module)) return;
  throw new InvalidParameterError(
    "task.module",
    module,
    'the URL of an ES module, such as "file:///…/tasks.js"',
  );
}

/** A timer that keeps no process alive. */
const milliseconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count).unref());
