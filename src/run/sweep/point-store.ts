import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import type { PointResult } from "./engine";
import {
  createJournal,
  JOURNALS,
  type Place,
  printLine,
  readJournals,
  readLine,
  type WriteAt,
} from "./point-journal";

/** The results of points, by their hashes. */
export interface PointStore {
  /** What there is of a point. One that is done stays as it is. */
  statusOf(hash: string): PointResult["status"] | undefined;
  /** Takes a result; it is on the disk a moment later, together with others. */
  put(result: PointResult): void;
  /** Reads a result; undefined where there is none. */
  get(hash: string): Promise<PointResult | undefined>;
  /** Waits until all results are on the disk. @throws Error where they cannot be written */
  flush(): Promise<void>;
  /** Lines found damaged when it was opened: their points count as not computed. */
  readonly damaged: number;
  close(): Promise<void>;
}

interface Entry {
  readonly status: PointResult["status"];
  readonly place: Place;
}

/** What is lost at most when the power fails, besides the points at work. */
const FLUSH_EVERY_MS = 500;

export interface StoreOptions {
  /** Called once with what keeps results from being written, e.g. a full disk. */
  readonly onFailure?: (error: Error) => void;
  /** In tests a disk that is full. */
  readonly write?: WriteAt;
}

/** Opens what a folder has of points; it is written to with the first result. @param folder of a sweep, which is there */
export async function openPointStore(folder: string, options: StoreOptions = {}): Promise<PointStore> {
  const journals = join(folder, JOURNALS);
  await mkdir(journals, { recursive: true });
  const entries = new Map<string, Entry>();
  const know = (hash: string, entry: Entry) => {
    if (entries.get(hash)?.status !== "done") entries.set(hash, entry);
  };
  const { damaged } = await readJournals(journals, ({ hash, status, ...place }) =>
    know(hash, { status, place }),
  );
  const journal = createJournal(journals, options.write);
  const reader = createReader(journals);
  /** Results that are not on the disk yet, by hash. */
  const waiting = new Map<string, PointResult>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let failure: Error | undefined;

  async function write(): Promise<void> {
    if (waiting.size === 0 || failure) return;
    // More may come while these are written.
    const results = [...waiting.values()];
    try {
      const places = await journal.append(results.map(printLine));
      for (const [k, { hash, status }] of results.entries()) {
        know(hash, { status, place: places[k] });
        if (waiting.get(hash) === results[k]) waiting.delete(hash);
      }
    } catch (error) {
      failure = error as Error;
      // They are not kept, and nobody may count them.
      waiting.clear();
      options.onFailure?.(failure);
    }
  }

  function writeSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      writing = writing.then(write);
    }, FLUSH_EVERY_MS);
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    await writing;
    if (failure) throw failure;
  }

  const statusOf = (hash: string) => waiting.get(hash)?.status ?? entries.get(hash)?.status;
  return {
    damaged,
    statusOf,
    put(result) {
      if (failure || statusOf(result.hash) === "done") return;
      waiting.set(result.hash, result);
      writeSoon();
    },
    async get(hash) {
      const place = entries.get(hash)?.place;
      return waiting.get(hash) ?? (place && reader.read(place));
    },
    flush,
    async close() {
      clearTimeout(timer);
      await writing;
      await journal.close();
      await reader.close();
    },
  };
}

/** How many lines are damaged, in words. */
export const damagedText = ({ damaged }: Pick<PointStore, "damaged">): string =>
  damaged === 1 ? "a damaged line" : `${damaged} damaged lines`;

/** Keeps results in memory, for a sweep without a folder. */
export function createMemoryStore(): PointStore {
  const results = new Map<string, PointResult>();
  return {
    damaged: 0,
    statusOf: (hash) => results.get(hash)?.status,
    put: (result) => void results.set(result.hash, result),
    get: async (hash) => results.get(hash),
    flush: async () => {},
    close: async () => {},
  };
}

/** Reads single lines; the file read last stays open. */
function createReader(folder: string) {
  let current: { readonly file: string; readonly handle: Awaited<ReturnType<typeof open>> } | undefined;
  return {
    async read({ file, offset, length }: Place): Promise<PointResult | undefined> {
      if (current?.file !== file) {
        await current?.handle.close();
        current = { file, handle: await open(join(folder, file)) };
      }
      const { buffer } = await current.handle.read(Buffer.alloc(length), 0, length, offset);
      return readLine(buffer.toString("utf8"));
    },
    close: async () => current?.handle.close(),
  };
}
