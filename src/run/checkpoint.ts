import { createHash } from "node:crypto";
import { InvalidParameterError } from "../core/errors";
import type { Checkpoint, CheckpointStore } from "../core/options";
import { openFolder } from "./open-folder";

/** The state of the whole; a part has a file by its name. */
const WHOLE = "checkpoint";
const PARAMETER = "--checkpoint";

/**
 * Keeps the states of a long computation in files of a folder, each whole or not at all.
 * @param parameter how errors call the folder
 * @throws InvalidParameterError for a folder that cannot be written; `load` for a file that is damaged, which stays as it is.
 */
export async function openCheckpoint(folder: string, parameter = PARAMETER): Promise<CheckpointStore> {
  const { read, write } = await openFolder(folder, parameter);
  const storeOf = (name: string): CheckpointStore => ({
    place: { parameter, value: folder },
    async load() {
      const file = `${name}.json`;
      const text = await read(file);
      if (text === undefined) return undefined;
      try {
        return parse(text);
      } catch {
        const allowed = "a folder without one, or with one that is whole";
        const message = `${parameter} ${folder} holds a damaged ${file}; allowed: ${allowed}`;
        throw new InvalidParameterError(parameter, folder, allowed, message);
      }
    },
    save: (checkpoint) => write(`${name}.json`, print(checkpoint)),
    part: (part) => storeOf(part),
  });
  return storeOf(WHOLE);
}

/** With a hash of all that is in it. */
function print({ arrays, ...rest }: Checkpoint): string {
  const state = { ...rest, arrays: mapValues(arrays, encode) };
  return JSON.stringify({ sha256: hashOf(JSON.stringify(state)), state });
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** @throws Error where the text is not to a letter what was printed. */
function parse(text: string): Checkpoint {
  const { sha256, state } = JSON.parse(text);
  if (sha256 !== hashOf(JSON.stringify(state))) throw new Error("another hash");
  const { arrays, ...rest } = state;
  return { ...rest, arrays: mapValues(arrays as Record<string, string>, decode) };
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
