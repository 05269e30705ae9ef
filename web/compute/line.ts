import { InterruptedError, type PieceOptions } from "twotime";
import { unpackError } from "twotime/pool";
import type { FromWorker, Order, ToWorker } from "./messages";

/** A line to one worker, which is started by the first call. Calls wait for each other. */
export interface Line {
  /**
   * Has an order carried out. After an abort the worker has a while to hand over what it has, then it is ended.
   * @throws what the worker threw, as an error of its own class.
   */
  call<R>(order: Order, options?: CallOptions): Promise<R>;
  close(): void;
}

export interface CallOptions extends PieceOptions {
  /** Takes parts of the result while the work goes on. */
  readonly onNews?: (news: never) => void;
}

/** How long a worker may take to stop by itself; a solver that paces itself needs about 50 ms. */
const GRACE_MS = 250;

/** The other end of a line: a worker, or a port to one that belongs to somebody else. */
export interface Endpoint {
  readonly port: Worker | MessagePort;
  /** Ends the worker at once; left out, it can only be waited for. */
  readonly end?: () => void;
}

/**
 * @param connect starts or finds a worker
 * @param onPool takes the worker's wish for a pool of its own
 */
export function openLine(connect: () => Endpoint, onPool?: (port: Endpoint["port"]) => void): Line {
  let endpoint: Endpoint | undefined;
  let count = 0;
  let last: Promise<unknown> = Promise.resolve();

  function close(): void {
    endpoint?.end?.();
    endpoint = undefined;
  }

  function call<R>(order: Order, options: CallOptions = {}): Promise<R> {
    const next = last.then(() => send<R>(order, options));
    last = next.catch(() => {});
    return next;
  }

  function send<R>(order: Order, { signal, onProgress, onNews }: CallOptions): Promise<R> {
    if (signal?.aborted) return Promise.reject(new InterruptedError(undefined, undefined, signal));
    endpoint ??= connect();
    const { port: other, end: kill } = endpoint;
    const id = ++count;
    let grace: ReturnType<typeof setTimeout> | undefined;
    return new Promise<R>((resolve, reject) => {
      const stop = () => {
        other.postMessage({ kind: "stop", id } satisfies ToWorker);
        if (!kill) return;
        grace = setTimeout(() => {
          close();
          end(() => reject(new InterruptedError(undefined, undefined, signal)));
        }, GRACE_MS);
      };
      const end = (settle: () => void) => {
        clearTimeout(grace);
        signal?.removeEventListener("abort", stop);
        other.onmessage = null;
        if ("onerror" in other) other.onerror = null;
        settle();
      };
      signal?.addEventListener("abort", stop);
      other.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === "pool") onPool?.(other);
        if (data.id !== id) return;
        if (data.kind === "progress") onProgress?.({ label: data.label, done: data.share, total: 1 });
        else if (data.kind === "news") onNews?.(data.news as never);
        else if (data.kind === "done") end(() => resolve(data.result as R));
        else if (data.kind === "failed") end(() => reject(unpackError(data.error)));
      };
      if ("onerror" in other)
        other.onerror = ({ message }) => {
          close();
          end(() => reject(new Error(message || "the worker did not start")));
        };
      other.postMessage({ kind: "start", id, order } satisfies ToWorker);
    });
  }

  return { call, close };
}
