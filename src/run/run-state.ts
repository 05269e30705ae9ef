import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import type { Checkpoint, CheckpointStore } from "../core/options";
import { openCheckpoint } from "./checkpoint";

/** The state of a run, kept in its folder until it is done. */
export interface RunState {
  readonly store: CheckpointStore;
  /** Keeps what was saved last; for a run that stops. */
  keep(): Promise<void>;
  /** Removes it: for a run that is done. */
  remove(): Promise<void>;
}

/** Name of the folder of states inside that of a run, or of a sweep. */
export const STATE = "state";
/** What is lost at most when the process is killed; a run that ends before leaves no state. */
const SAVE_EVERY_MS = 2_000;
/** A save may take this part of the time. */
const SHARE = 0.02;

/**
 * Keeps the state of a run in a folder of its own, at most every two seconds. A state that cannot be written is no reason to lose
 * the run: the next one may.
 * @param parameter how errors call the folder: that it holds something damaged, or of another run
 */
export function createRunState(path: string, parameter: string): RunState {
  let whole: Promise<CheckpointStore> | undefined;
  const pending = new Map<string, () => Promise<void>>();

  function storeOf(name: string, find: () => Promise<CheckpointStore>): CheckpointStore {
    let next = performance.now() + SAVE_EVERY_MS;
    const write = async (checkpoint: Checkpoint) => {
      pending.delete(name);
      const start = performance.now();
      await find()
        .then((store) => store.save(checkpoint))
        .catch(() => {});
      const end = performance.now();
      next = end + Math.max(SAVE_EVERY_MS, (end - start) / SHARE);
    };
    return {
      place: { parameter, value: path },
      load: async () => (existsSync(path) ? (await find()).load() : undefined),
      async save(checkpoint) {
        if (performance.now() >= next) await write(checkpoint);
        else pending.set(name, () => write(checkpoint));
      },
      part: (part) => storeOf(`${name}/${part}`, async () => (await find()).part!(part)),
    };
  }

  const open = () => {
    whole ??= openCheckpoint(path, parameter);
    return whole;
  };
  return {
    store: storeOf("", open),
    async keep() {
      for (const write of [...pending.values()]) await write();
    },
    async remove() {
      if (existsSync(path)) await rm(path, { recursive: true, force: true });
    },
  };
}
