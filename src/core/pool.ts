import { createPacer, type Options } from "./options";
import { createPieceQueue } from "./piece-queue";

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

/** The task without its module: for pieces with functions in them, which cannot be sent to a worker. */
export const inThisThread = <A, R>(task: PoolTask<A, R>): PoolTask<A, R> => ({ ...task, module: undefined });

/**
 * Runs independent pieces of work. The default is serial, in this thread; other floors implement it with workers.
 * Results come in the order of the pieces and never depend on how many workers there are.
 */
export interface Pool {
  readonly workers: number;
  /**
   * The results of all pieces. Progress counts pieces, with the finished shares of those at work.
   * @throws what the first piece that fails throws, see {@link createPieceQueue}; InterruptedError after an abort. Their
   *   `partial` is a list by piece: its result, what it handed over when it was stopped, or undefined.
   */
  map<A, R>(task: PoolTask<A, R>, pieces: readonly A[], options?: Options): Promise<R[]>;
}

/** One piece after the other in this thread, which gets a turn about every 50 ms. */
export const serialPool: Pool = {
  workers: 1,
  async map<A, R>(task: PoolTask<A, R>, pieces: readonly A[], options: PieceOptions = {}): Promise<R[]> {
    const queue = createPieceQueue<R>(task.name, pieces.length, options);
    await queue.work(runHere(task, pieces, options));
    return queue.results();
  },
};

/** Runs single pieces in this thread, which gets a turn before the first and about every 50 ms between pieces. */
export function runHere<A, R>(
  task: PoolTask<A, R>,
  pieces: readonly A[],
  { signal }: PieceOptions = {},
): (piece: number, inside: PieceOptions) => Promise<R> {
  const pacer = createPacer(task.name, pieces.length, { signal });
  let isFirst = true;
  return async (piece, inside) => {
    if (isFirst || pacer.due()) await pacer.pause(piece);
    isFirst = false;
    return task.run(pieces[piece], inside);
  };
}
