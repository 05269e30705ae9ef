import { InterruptedError } from "./errors";
import type { Pool } from "./pool";

/** Where a long computation stands. */
export interface Progress {
  /** What is being done, e.g. "two-time equations". */
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** The state of a long computation, as plain data. */
export interface Checkpoint {
  readonly system: string;
  readonly parametersHash: string;
  readonly solver: string;
  readonly version: string;
  readonly arrays: Readonly<Record<string, Float64Array>>;
  readonly scalars: Readonly<Record<string, number>>;
}

export interface CheckpointStore {
  load(): Promise<Checkpoint | undefined>;
  save(checkpoint: Checkpoint): Promise<void>;
}

/** Options every solver and simulator takes. */
export interface Options {
  /** Who runs independent pieces; default `serialPool`. */
  readonly pool?: Pool;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly checkpoint?: CheckpointStore;
}

const SLICE_MS = 50;

/**
 * Keeps a long loop polite. Call `due()` often (it only reads the clock) and `await pause(done)` when it says
 * so: about every 50 ms the event loop gets its turn, progress is told, and an abort is noticed.
 */
export interface Pacer {
  due(): boolean;
  /** Reports progress, lets the event loop run, and throws {@link InterruptedError} after an abort. */
  pause(done: number): Promise<void>;
}

/** @param partial called on an abort, for the finished part to hand over with the error. */
export function createPacer(
  label: string,
  total: number,
  options: Options = {},
  partial?: () => unknown,
): Pacer {
  let sliceEnd = performance.now() + SLICE_MS;
  return {
    due: () => performance.now() >= sliceEnd,
    async pause(done) {
      options.onProgress?.({ label, done, total });
      await nextTurn();
      if (options.signal?.aborted) {
        throw new InterruptedError(`interrupted during ${label} at ${done} of ${total}`, partial?.());
      }
      sliceEnd = performance.now() + SLICE_MS;
    },
  };
}

/** A macrotask: lets timers, signals and messages through, unlike a resolved promise. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
