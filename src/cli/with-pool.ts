import { availableParallelism } from "node:os";
import type { Pool } from "../core/pool";

/** Does work with a pool of so many threads, by default one for each core, and ends them; without one for a single thread. */
export async function withPool<T>(
  threads = availableParallelism(),
  work: (pool?: Pool) => Promise<T>,
): Promise<T> {
  if (threads === 1) return work();
  const { createPool } = await import("../run/pool");
  const pool = createPool({ workers: threads });
  return work(pool).finally(pool.close);
}
