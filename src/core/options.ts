import { InterruptedError } from "./errors";

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

/** A place for one checkpoint, which a save replaces as a whole or not at all. */
export interface CheckpointStore {
  /** Where the user asked for it, for messages; without, it is the option `checkpoint`. */
  readonly place?: { readonly parameter: string; readonly value: string };
  load(): Promise<Checkpoint | undefined>;
  save(checkpoint: Checkpoint): Promise<void>;
  /** The place of a part of the computation that has a state of its own, e.g. the simulation of a comparison. */
  part?(name: string): CheckpointStore;
}

/** Options every solver and simulator takes. */
export interface Options {
  /** Who runs independent pieces; default `serialPool`. */
  readonly pool?: Pool;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly checkpoint?: CheckpointStore;
  /** Takes what a user should know before the work begins, in one line: that it will take long. */
  readonly onNotice?: (notice: string) => void;
  /** Takes, now and then, a function that makes the finished part of the result, e.g. the Ensemble of the finished samples. */
  readonly onPartial?: (make: () => unknown) => void;
}

/** What a pool is told besides the pieces. */
export interface MapOptions<R> extends PieceOptions {
  readonly onPiece?: (piece: number, result: R) => void;
}

/** What a piece of work is given: it tells its own progress, and stops when its signal says so. */
export type PieceOptions = Pick<Options, "signal" | "onProgress">;

/**
 * A pure function of plain data: same piece, same result. A piece that takes long paces itself (`createPacer`), so that
 * progress and abort work inside it; stopped half-way, it may hand over what it has as `partial` of its
 * InterruptedError, in the shape of a result.
 */
export interface PoolTask<A, R> {
  /** What is done, as progress and errors say it. */
  readonly name: string;
  /**
   * Where a worker finds the task: the URL of an ES module that exports it, or "twotime" for one of this package's own.
   * A function cannot be sent to a worker: a task without a module runs in the thread that asks for it.
   */
  readonly module?: string;
  run(piece: A, options: PieceOptions): R | Promise<R>;
}

/**
 * Runs independent pieces of work. The default is serial, in this thread; other floors implement it with workers.
 * Results come in the order of the pieces and never depend on how many workers there are.
 */
export interface Pool {
  readonly workers: number;
  /**
   * The results of all pieces. Progress counts pieces, with the finished shares of those at work; `onPiece` takes each
   * result when it is there. A callback that throws ends the work, and the promise rejects with its error.
   * @throws what the first piece that fails throws, see `createPieceQueue`; InterruptedError after an abort. Their
   *   `partial` is a list by piece: its result, what it handed over when it was stopped, or undefined.
   */
  map<A, R>(task: PoolTask<A, R>, pieces: readonly A[], options?: MapOptions<R>): Promise<R[]>;
}

const SLICE_MS = 50;

/**
 * Lets others have their turn during a long loop. Call `due()` often (it only reads the clock) and `await pause(done)` when it says
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
        const message = `interrupted during ${label} at ${done} of ${total}`;
        throw new InterruptedError(message, partial?.(), options.signal);
      }
      sliceEnd = performance.now() + SLICE_MS;
    },
  };
}

/** A macrotask: lets timers, signals and messages through, unlike a resolved promise. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
