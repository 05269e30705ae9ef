import { createPacer, type Options, type Pool, type PoolTask } from "./options";

/** The default pool: one piece after the other, in this thread. */
export const serialPool: Pool = {
  workers: 1,
  async map<A, R>(task: PoolTask<A, R>, pieces: readonly A[], options: Options = {}): Promise<R[]> {
    const results: R[] = [];
    const pacer = createPacer(task.name, pieces.length, options, () => results.slice());
    for (const piece of pieces) {
      results.push(await task.run(piece));
      if (pacer.due()) await pacer.pause(results.length);
    }
    return results;
  },
};
