import { open } from "node:fs/promises";

/** A table of 10⁵ rates has half of it. */
const MOST_BYTES = 4e6;

/**
 * The text of a file, or of the standard input. Piece by piece: a device, or a pipe, may never end.
 * @param refuse makes the error from what is allowed.
 */
export async function readText(
  source: string | AsyncIterable<unknown>,
  refuse: (allowed: string) => Error,
): Promise<string> {
  const pieces: AsyncIterable<unknown> =
    typeof source === "string" ? (await open(source)).createReadStream() : source;
  const read: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    read.push(piece as Buffer);
    bytes += (piece as Buffer).length;
    if (bytes > MOST_BYTES) throw refuse(`at most ${MOST_BYTES / 1e6} MB`);
  }
  return Buffer.concat(read).toString("utf8");
}
