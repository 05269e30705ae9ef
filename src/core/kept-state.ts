import type { CheckpointStore } from "./options";
import { createSavedStates, type SavedKind } from "./saved-states";

/** The state of one computation in a checkpoint store, which may be missing. */
export interface KeptState<S> {
  /** Where an earlier run was. */
  readonly found?: S;
  /** Takes the state so far, often: it is made and saved as long as that takes little of the time. */
  tell(state: () => S): Promise<void>;
  /** Saves the state at the end, or where the computation stops. */
  save(state: S): Promise<void>;
}

/** What is lost at most when the process is killed. */
const SAVE_EVERY_MS = 1_000;
/** A save may take this part of the time. */
const SHARE = 0.05;

/**
 * Keeps the state of a computation that is one piece and holds its state in hand as it goes; where slices can be cut, `finishRun`
 * does more.
 * @throws InvalidParameterError where the store holds the state of something else, or a damaged one, which stays untouched
 */
export async function keepState<S>(kind: SavedKind<S>, store?: CheckpointStore): Promise<KeptState<S>> {
  const saved = createSavedStates(kind, 1, store);
  const [found] = await saved.load();
  let next = performance.now() + SAVE_EVERY_MS;
  return {
    found,
    async tell(state) {
      const start = performance.now();
      if (!store || start < next) return;
      await saved.save([state()]);
      const end = performance.now();
      next = end + Math.max(SAVE_EVERY_MS, (end - start) / SHARE);
    },
    save: (state) => saved.save([state]),
  };
}
