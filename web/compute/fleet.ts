import type { Endpoint } from "./line";
import type { ToWorker } from "./messages";

/** The workers of a page. They belong to the page: from a file, a worker may start no other. */
export interface Fleet {
  /** A worker for whole runs. */
  start(): Endpoint;
  /** Gives a worker ports to those that run the pieces of a pool, which all share. */
  givePool(to: Endpoint["port"]): void;
}

/** @param program URL of the workers' program, a classic script */
export function createFleet(program: string): Fleet {
  let pieceWorkers: readonly Worker[] | undefined;
  return {
    start() {
      const worker = new Worker(program);
      return { port: worker, end: () => worker.terminate() };
    },
    givePool(to) {
      pieceWorkers ??= Array.from({ length: poolSize() }, () => new Worker(program));
      const channels = pieceWorkers.map(() => new MessageChannel());
      for (const [k, { port1 }] of channels.entries()) {
        pieceWorkers[k].postMessage({ kind: "port", port: port1 } satisfies ToWorker, [port1]);
      }
      const ports = channels.map(({ port2 }) => port2);
      to.postMessage({ kind: "pool", ports } satisfies ToWorker, ports);
    },
  };
}

const MOST_WORKERS = 8;

/** One for each core: what waits for them costs nothing. */
export const poolSize = () => Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency));
