import { checkOptions } from "./check-options";
import { ConvergenceError, InterruptedError } from "./errors";
import type { Options, PoolTask, Progress } from "./options";
import { serialPool } from "./pool";
import { createSavedStates, type RunIdentity, type StateCodec, type Written } from "./saved-states";

/**
 * A long computation that can stop anywhere and go on with the same numbers: one piece (a grid that grows row by row) or
 * several that are independent (runs of an iteration, batches of samples). A piece goes from state to state, each of
 * which is all that the next ones depend on; how it is cut into slices must not change it.
 */
export interface ResumableRun<A, S> {
  readonly identity: RunIdentity;
  readonly codec: StateCodec<S>;
  /** How far each piece has to go, in steps of its own: passes, rows, samples. */
  readonly steps: readonly number[];
  /** How far a state has come; one of no step is not worth keeping. */
  stepsOf(state: S, piece: number): number;
  /** Slices that the work is cut into, after each of which all states are saved. */
  readonly slices: number;
  /** Whether pieces are done one after the other, each in so many slices: where several at a time take too much memory. */
  readonly inTurn?: boolean;
  /** What of the saved state of a piece this run can go on from; left out, all of it. */
  useful?(piece: number, state: S): S | undefined;
  /**
   * Takes a piece from its state on; an abort makes it hand over the state it has reached, as the `partial` of its
   * InterruptedError, and so may a ConvergenceError.
   */
  readonly task: PoolTask<A, S>;
  /** What the task is given to bring a piece from its state, undefined at the beginning, to this many steps. */
  request(piece: number, state: S | undefined, steps: number): A;
  /** What is being done, as progress tells it. */
  label(states: readonly (S | undefined)[]): string;
  /** Told the states after each slice. */
  onSlice?(states: readonly (S | undefined)[]): void;
  /** Told after each save what they took so far. */
  onSaved?(written: Written): void;
  /** The result as far as the states go, for the errors that end a run; undefined where there is none. */
  partial(states: readonly (S | undefined)[]): unknown;
}

/**
 * Brings all pieces to their ends, from where a checkpoint store has them, and returns their states. A saved piece that is
 * further than asked stays as it is; saved pieces that are not asked for are kept. Progress counts the steps of all pieces.
 *
 * States are saved after every slice, as long as that takes less than 2 % of the time, at the end and after an abort: after a
 * SIGKILL only what came after the last save is done again.
 *
 * @param begun states of the first pieces that are known already, in place of saved ones.
 * @throws InvalidParameterError where the store holds the states of something else, or damaged ones, which stay untouched;
 *   InterruptedError and ConvergenceError, once what there is has been saved, with `partial(states)`.
 */
export async function finishRun<A, S>(
  run: ResumableRun<A, S>,
  options: Options = {},
  begun: readonly S[] = [],
): Promise<S[]> {
  const { pool = serialPool, signal, onProgress } = options;
  checkOptions(options);
  const { steps } = run;
  const saved = createSavedStates(run, steps.length, options.checkpoint);
  const loaded = await saved.load();
  const states = loaded.map((state, piece) => begun[piece] ?? (state && adopt(run, piece, state)));
  const done = (piece: number) => {
    const state = states[piece];
    return state === undefined ? 0 : run.stepsOf(state, piece);
  };
  const total = steps.reduce((sum, count) => sum + count, 0);
  const slices = Math.max(1, Math.min(run.slices, total)) * (run.inTurn ? steps.length : 1);
  const save = async () => {
    await saved.save(states);
    if (options.checkpoint) run.onSaved?.({ ...saved.written });
  };
  for (let slice = 1; slice <= slices; slice++) {
    const goals = steps.map((count, k) => {
      if (run.inTurn) return Math.ceil(count * Math.max(0, Math.min(1, (slice * steps.length) / slices - k)));
      // Rounded here and there, so that pieces of few steps do not all fall into one slice.
      return Math.floor((count * slice) / slices + (k + 0.5) / steps.length);
    });
    const unfinished = [...states.keys()].filter((piece) => done(piece) < goals[piece]);
    if (unfinished.length === 0) continue;
    const label = run.label(states);
    const tell = (inside: Progress) =>
      onProgress?.({ label, done: (total * (slice - 1 + inside.done / inside.total)) / slices, total });
    const update = (found: readonly (S | undefined)[]) => {
      for (const [k, piece] of unfinished.entries()) states[piece] = found[k] ?? states[piece];
    };
    const requests = unfinished.map((piece) => run.request(piece, states[piece], goals[piece]));
    try {
      update(await pool.map(run.task, requests, { signal, ...(onProgress && { onProgress: tell }) }));
    } catch (error) {
      if (!(error instanceof InterruptedError || error instanceof ConvergenceError)) throw error;
      const handed = error instanceof InterruptedError ? error.partial : error.details.partial;
      update((handed ?? []) as readonly (S | undefined)[]);
      await save();
      const partial = run.partial(states);
      throw error instanceof InterruptedError ? error.withPartial(partial) : error.withPartial(partial);
    }
    if (slice === slices || saved.isDue()) await save();
    run.onSlice?.(states);
  }
  return states as S[];
}

const adopt = <A, S>(run: ResumableRun<A, S>, piece: number, state: S): S | undefined =>
  run.useful ? run.useful(piece, state) : state;
