import { ConvergenceError, InterruptedError, InvalidParameterError, MemoryError } from "./errors";
import type { MapOptions, PieceOptions } from "./options";

/** The pieces of one task, handed out in order; what every pool does with results, progress, errors and aborts. */
export interface PieceQueue<R> {
  /**
   * Runs piece after piece until none is left or `isOver` says so. May be called several times at once, by as many
   * workers. Never rejects.
   */
  work(run: (piece: number, options: PieceOptions) => R | Promise<R>, isOver?: () => boolean): Promise<void>;
  /** Pieces that nobody has begun. */
  left(): number;
  /**
   * All results, once nobody works any more.
   * @throws what a callback threw; where a piece failed: the error of the first such piece, whichever failed first, with the piece in its
   *   message; InvalidParameterError, ConvergenceError and MemoryError stay what they are, others become an Error,
   *   and `cause` is the error itself. InterruptedError after an abort.
   */
  results(): R[];
}

/** Least time between two reports of progress. */
const REPORT_EVERY_MS = 50;

export function createPieceQueue<R>(
  label: string,
  count: number,
  { signal, onProgress, onPiece }: MapOptions<R> = {},
): PieceQueue<R> {
  const results = Array.from<R | undefined>({ length: count });
  const shares = new Float64Array(count);
  const running = new Map<number, AbortController>();
  let next = 0;
  let end = count;
  let finished = 0;
  let failure: { readonly piece: number; readonly error: unknown } | undefined;
  let broken: { readonly error: unknown } | undefined;
  let told = 0;
  let nextReport = -Infinity;

  /** Held back for a while, but not the end; a repeated share is told later on, if it is still news. */
  function tell(piece: number, share: number): void {
    if (share > shares[piece]) shares[piece] = Math.min(share, 1);
    if (performance.now() < nextReport && finished < count) return;
    const done = shares.reduce((sum, x) => sum + x, 0);
    if (done === told) return;
    told = done;
    nextReport = performance.now() + REPORT_EVERY_MS;
    call(() => onProgress?.({ label, done, total: count }));
  }

  /** The user's callback may throw, and nobody here or in the event of a worker could catch that. */
  function call(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      broken ??= { error };
      stopAfter(-1);
    }
  }

  /** Stops what comes after a piece; earlier ones go on, because one of them may be the first to fail. */
  function stopAfter(piece: number): void {
    end = Math.min(end, piece);
    for (const [other, controller] of running) if (other > piece) controller.abort();
  }

  async function runPiece(piece: number, run: Parameters<PieceQueue<R>["work"]>[0]): Promise<void> {
    const controller = new AbortController();
    const abort = () => controller.abort();
    signal?.addEventListener("abort", abort);
    running.set(piece, controller);
    try {
      const inside = ({ done, total }: { done: number; total: number }) => tell(piece, done / total);
      results[piece] = await run(piece, { signal: controller.signal, onProgress: inside });
      finished++;
      call(() => onPiece?.(piece, results[piece]!));
      tell(piece, 1);
    } catch (error) {
      if (error instanceof InterruptedError) results[piece] = error.partial as R | undefined;
      else if (!failure || piece < failure.piece) failure = { piece, error };
      stopAfter(piece);
    } finally {
      running.delete(piece);
      signal?.removeEventListener("abort", abort);
    }
  }

  const left = () => (signal?.aborted ? 0 : Math.max(0, end - next));
  return {
    left,
    async work(run, isOver = () => false) {
      while (left() > 0 && !isOver()) await runPiece(next++, run);
    },
    results() {
      if (broken) throw broken.error;
      if (failure) throw failed(failure.error, failure.piece, label, results);
      if (finished < count) {
        throw new InterruptedError(
          `interrupted during ${label} at ${finished} of ${count} pieces`,
          results,
          signal,
        );
      }
      return results as R[];
    },
  };
}

/** The error of a piece, told as one of the whole; later pieces are left out, because they depend on the workers. */
function failed(error: unknown, piece: number, label: string, results: readonly unknown[]): Error {
  const text = error instanceof Error ? error.message : String(error);
  // One alone is the whole.
  const message =
    results.length === 1 ? text : `${text} (piece ${piece + 1} of ${results.length} of ${label})`;
  const named = withMessage(error, message, results.slice(0, piece));
  named.cause = error;
  return named;
}

function withMessage(error: unknown, message: string, before: readonly unknown[]): Error {
  if (error instanceof InvalidParameterError) {
    return new InvalidParameterError(error.parameter, error.value, error.allowed, message);
  }
  const copy =
    error instanceof ConvergenceError
      ? error.withPartial([...before, error.details.partial])
      : error instanceof MemoryError
        ? new MemoryError(error.needed, error.available)
        : new Error();
  copy.message = message;
  return copy;
}
