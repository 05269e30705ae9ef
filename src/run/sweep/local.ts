import { availableParallelism } from "node:os";
import { integerAtLeast, integerBetween, knownKeys } from "../../core/check";
import { InterruptedError } from "../../core/errors";
import { MOST_WORKERS } from "../../core/pool";
import type { Engine, EngineOptions, PointJob } from "./engine";
import { createLane, type Lane } from "./lane";

export interface LocalOptions {
  /** Processes that compute at once; default: one for each core that may be used. */
  readonly workers?: number;
  /** So often may a point end the process that computes it before it counts as failed; default 5: it may not be its fault. */
  readonly deaths?: number;
  /** Their program, in tests another one. */
  readonly program?: URL;
}

const MOST_DEATHS = 5;
/** So many processes in a row may end before one is ready to work. */
const MOST_BROKEN_STARTS = 10;

/** A process is given points for about this long at once, so that cheap points do not wait for each other's messages. */
const AHEAD_SECONDS = 0.05;
const MOST_AHEAD = 32;

/**
 * Computes points in processes of this machine. A process that ends without being asked (killed, out of memory) is
 * replaced, and the point it was computing is put at the end of the queue; one that takes longer than its time limit is
 * ended and has failed.
 * @throws InvalidParameterError named `workers`
 */
export function createLocalEngine(options: LocalOptions = {}): Engine {
  knownKeys("options", options, ["workers", "deaths", "program"]);
  const workers = integerBetween("workers", options.workers ?? availableParallelism(), 1, MOST_WORKERS);
  const mostDeaths = integerAtLeast("deaths", options.deaths ?? MOST_DEATHS, 1);
  const idle: Lane[] = [];

  /** One that has work to wait for, and has not ended meanwhile. */
  function restingLane(): Lane | undefined {
    for (let lane = idle.pop(); lane; lane = idle.pop()) if (lane.isAlive()) return lane;
    return undefined;
  }

  async function compute(
    jobs: Iterable<PointJob>,
    { signal, folders, onResult }: EngineOptions,
  ): Promise<void> {
    const source = jobs[Symbol.iterator]();
    const again: PointJob[] = [];
    const deaths = new Map<string, number>();
    const lanes = new Set<Lane>();
    let [seconds, finished, brokenStarts] = [0, 0, 0];
    let settle: { resolve(): void; reject(error: unknown): void };
    const ended = new Promise<void>((resolve, reject) => {
      settle = { resolve, reject };
    });

    let upcoming = draw();

    function draw(): PointJob | undefined {
      const { done, value } = source.next();
      return done ? undefined : value;
    }

    const isLeft = () => upcoming !== undefined || again.length > 0;

    /** New points first: what a process died of should not be what the next one begins with. */
    function next(): PointJob | undefined {
      if (upcoming === undefined) return again.shift();
      const job = upcoming;
      upcoming = draw();
      return job;
    }

    /** Gives a process as much as it can do for a while. */
    function feed(lane: Lane): void {
      const ahead = finished === 0 ? 1 : Math.ceil((AHEAD_SECONDS * finished) / Math.max(seconds, 1e-9));
      while (lane.waiting() < Math.min(ahead, MOST_AHEAD) && isLeft()) lane.send(next()!, folders);
      if (lane.waiting() > 0) return;
      lanes.delete(lane);
      lane.rest();
      idle.push(lane);
      if (lanes.size === 0) settle.resolve();
    }

    /** Puts processes to work as long as there is some for them. */
    function spread(): void {
      while (lanes.size < workers && isLeft()) begin();
      if (lanes.size === 0) settle.resolve();
    }

    function begin(): void {
      const lane = restingLane() ?? createLane(options.program ?? ownProgram());
      lanes.add(lane);
      lane.use({
        onResult(result) {
          seconds += result.seconds;
          finished++;
          brokenStarts = 0;
          attempt(() => {
            onResult(result);
            feed(lane);
          });
        },
        onEnd(unfinished, { failure, reason, isStarted }) {
          lanes.delete(lane);
          const [first, ...rest] = unfinished;
          again.push(...rest);
          attempt(() => {
            const count = (deaths.get(first.hash) ?? 0) + 1;
            deaths.set(first.hash, count);
            if (!isStarted && ++brokenStarts > MOST_BROKEN_STARTS) throw new Error(reason);
            const message = failure ?? (count < mostDeaths ? undefined : timesOf(reason, count));
            if (message === undefined) again.push(first);
            else {
              const lost = failure === undefined && { lost: true as const };
              onResult({ hash: first.hash, status: "failed", rows: [], message, seconds: 0, ...lost });
            }
            spread();
          });
        },
      });
      feed(lane);
    }

    /** What a caller's function, or the making of a process, throws ends the work. */
    function attempt(work: () => void): void {
      try {
        work();
      } catch (error) {
        settle.reject(error);
      }
    }

    const abort = () => settle.reject(new InterruptedError("interrupted", undefined, signal));
    if (signal?.aborted) throw new InterruptedError("interrupted", undefined, signal);
    signal?.addEventListener("abort", abort);
    try {
      attempt(spread);
      await ended;
    } finally {
      signal?.removeEventListener("abort", abort);
      await Promise.all([...lanes].map((lane) => lane.close()));
    }
  }

  return {
    name: "local",
    keepsFields: true,
    workers,
    compute,
    async close() {
      await Promise.all(idle.splice(0).map((lane) => lane.close()));
    },
  };
}

const timesOf = (reason: string, count: number) => (count === 1 ? reason : `${reason}, ${count} times`);

/** Beside this module: the built program, or in a checkout the one that reads the sources. */
function ownProgram(): URL {
  const here = import.meta.url;
  return here.endsWith(".ts")
    ? new URL("./source-point-worker.mjs", here)
    : new URL("./point-worker.js", here);
}
