import { type Pool, type PoolTask, serialPool } from "twotime";
import { createPieceQueue } from "twotime/pool";
import { type Line, openLine } from "./line";

type MapOptions<R> = NonNullable<Parameters<Pool["map"]>[2]> & {
  readonly onPiece?: (piece: number, result: R) => void;
};

/**
 * A pool of Web Workers, for a page or for one of its workers: the same results as any pool of the library, in the same order.
 * A task without a module, and a single piece, run in the thread that asks.
 * @param workers how many there are
 * @param connect asks for ports to them; called when there is work for the first time
 */
export function createWorkerPool(workers: number, connect: () => Promise<readonly MessagePort[]>): Pool {
  let lines: Promise<readonly Line[]> | undefined;
  return {
    workers,
    async map<A, R>(task: PoolTask<A, R>, pieces: readonly A[], options: MapOptions<R> = {}): Promise<R[]> {
      const { name, module } = task;
      if (module === undefined || pieces.length < 2) return serialPool.map(task, pieces, options);
      const queue = createPieceQueue<R>(name, pieces.length, options);
      lines ??= connect().then((ports) => ports.map((port) => openLine(() => ({ port }))));
      const work = (line: Line) =>
        queue.work((piece, inside) =>
          line.call<R>({ kind: "piece", name, module, piece: pieces[piece] }, inside),
        );
      await Promise.all((await lines).map(work));
      return queue.results();
    },
  };
}
