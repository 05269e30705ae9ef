import type { CheckpointStore } from "../core/options";
import { openFolder } from "./open-folder";

const FILE = "checkpoint.json";

/**
 * Keeps the state of a long computation in a file of a folder, whole or not at all.
 * @throws InvalidParameterError "--checkpoint" for a folder that cannot be written.
 */
export async function openCheckpoint(folder: string): Promise<CheckpointStore> {
  const { read, write } = await openFolder(folder, "--checkpoint");
  return {
    async load() {
      const text = await read(FILE);
      if (text === undefined) return undefined;
      const { arrays, ...rest } = JSON.parse(text);
      return { ...rest, arrays: mapValues(arrays as Record<string, string>, decode) };
    },
    save: ({ arrays, ...rest }) =>
      write(FILE, JSON.stringify({ ...rest, arrays: mapValues(arrays, encode) })),
  };
}

/** Exactly, and in half the room of digits. */
const encode = ({ buffer, byteOffset, byteLength }: Float64Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString("base64");

function decode(text: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(text, "base64"));
  return new Float64Array(bytes.buffer);
}

function mapValues<A, B>(values: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
