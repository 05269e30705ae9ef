import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { PointResult } from "./engine";

/** Where the line of a point stands. */
export interface Place {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/** A line that is whole, and what its head says. */
export interface Line extends Place, Pick<PointResult, "hash" | "status"> {}

/** Folder of the journals inside that of a sweep. Each process that writes has one of its own, which only grows. */
export const JOURNALS = "points";
const EXTENSION = ".jsonl";

/** The head of a line; `check` is of all that follows. */
const HEAD = /^\{"check":"([0-9a-f]{16})","hash":"([0-9a-f]+)","status":"(done|failed)",/;
const CHECK_LENGTH = '{"check":"0123456789abcdef",'.length;

/** A result as a line of JSON that tells whether it is whole. */
export function printLine({ hash, status, ...rest }: PointResult): string {
  const body = JSON.stringify({ hash, status, ...rest }).slice(1);
  return `{"check":"${checkOf(body)}",${body}`;
}

/** The result of a line; undefined for one that is damaged. */
export function readLine(text: string): PointResult | undefined {
  const head = HEAD.exec(text);
  if (head?.[1] !== checkOf(text.slice(CHECK_LENGTH))) return undefined;
  const { check: _, ...result } = JSON.parse(text);
  return result;
}

const checkOf = (body: string) => createHash("sha256").update(body).digest("hex").slice(0, 16);

/** A journal that is being written. */
export interface JournalWriter {
  /** Writes lines at the end, on the disk when it returns. @returns their places */
  append(lines: readonly string[]): Promise<Place[]>;
  close(): Promise<void>;
}

/** Writes the bytes at a place; in tests a disk that is full. */
export type WriteAt = (file: FileHandle, bytes: Buffer, offset: number) => Promise<void>;

const writeAt: WriteAt = async (file, bytes, offset) => {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, offset + written);
    written += bytesWritten;
  }
  await file.sync();
};

/** A new journal in the folder, made with its first line. */
export function createJournal(folder: string, write: WriteAt = writeAt): JournalWriter {
  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const file = `${time}-${randomBytes(4).toString("hex")}${EXTENSION}`;
  let handle: FileHandle | undefined;
  let end = 0;
  return {
    async append(lines) {
      handle ??= await open(join(folder, file), "w");
      const bytes = lines.map((line) => Buffer.from(`${line}\n`));
      // After a write that failed halfway the next one begins where that one did.
      await write(handle, Buffer.concat(bytes), end);
      return bytes.map(({ length }) => {
        const place = { file, offset: end, length: length - 1 };
        end += length;
        return place;
      });
    },
    close: async () => handle?.close(),
  };
}

/** Reads through all journals of a folder. */
export async function readJournals(
  folder: string,
  onLine: (line: Line) => void,
): Promise<{ damaged: number }> {
  let damaged = 0;
  const files = (await readdir(folder)).filter((file) => file.endsWith(EXTENSION)).sort();
  for (const file of files) {
    for await (const { text, offset, length } of linesOf(join(folder, file))) {
      const head = HEAD.exec(text);
      if (head && head[1] === checkOf(text.slice(CHECK_LENGTH))) {
        onLine({ file, offset, length, hash: head[2], status: head[3] as PointResult["status"] });
      } else damaged++;
    }
  }
  return { damaged };
}

const NEWLINE = 10;

/** The lines of a file with their places in bytes; the last one too where it does not end. */
async function* linesOf(path: string): AsyncGenerator<{ text: string; offset: number; length: number }> {
  const handle = await open(path);
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of handle.createReadStream({ highWaterMark: 1 << 20 })) {
      let bytes = Buffer.concat([rest, piece as Buffer]);
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
        if (end > 0) yield { text: bytes.toString("utf8", 0, end), offset, length: end };
        offset += end + 1;
        bytes = bytes.subarray(end + 1);
      }
      rest = bytes;
    }
    if (rest.length > 0) yield { text: rest.toString("utf8"), offset, length: rest.length };
  } finally {
    await handle.close().catch(() => {});
  }
}
