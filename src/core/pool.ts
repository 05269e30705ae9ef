import { createPacer, type MapOptions, type PieceOptions, type Pool, type PoolTask } from "./options";
import { createPieceQueue } from "./piece-queue";

export type { PieceOptions, Pool, PoolTask } from "./options";

/** Of a pool; a worker takes some 40 MB. */
export const MOST_WORKERS = 256;

/** The task without its module: for pieces with functions in them, which cannot be sent to a worker. */
export const inThisThread = <A, R>(task: PoolTask<A, R>): PoolTask<A, R> => ({ ...task, module: undefined });

/** One piece after the other in this thread, which gets a turn about every 50 ms. */
export const serialPool: Pool = {
  workers: 1,
  async map<A, R>(task: PoolTask<A, R>, pieces: readonly A[], options: MapOptions<R> = {}): Promise<R[]> {
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
