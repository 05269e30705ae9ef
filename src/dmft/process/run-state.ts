import { createFunctions, FUNCTION_NAMES, type OrderFunctions } from "./functions";

/** Where one run stands: plain data, from which it goes on as if it had never stopped. */
export interface RunState {
  readonly run: number;
  /** Passes done. */
  readonly passes: number;
  readonly functions: OrderFunctions;
  /** Largest change of the overlap in every pass but the first, over the gain with which it came about. */
  readonly residuals: readonly number[];
  /** Overlap of the last pass. */
  readonly overlap: Float64Array;
  /** Trajectories left out, and all there were. */
  readonly dropped: number;
  readonly sampled: number;
}

/** Named arrays of a state, for a checkpoint. */
export function packState(state: RunState): Record<string, Float64Array> {
  const name = (key: string) => `${key}[${state.run}]`;
  const arrays: Record<string, Float64Array> = {
    [name("counts")]: Float64Array.of(state.passes, state.dropped, state.sampled, state.functions.nodes),
    [name("residuals")]: Float64Array.from(state.residuals),
    [name("overlap")]: state.overlap.slice(),
  };
  for (const key of FUNCTION_NAMES) arrays[name(key)] = state.functions[key].slice();
  return arrays;
}

/** The state of a run in a checkpoint, undefined where there is none. */
export function unpackState(
  arrays: Readonly<Record<string, Float64Array>>,
  run: number,
): RunState | undefined {
  const named = (key: string) => arrays[`${key}[${run}]`];
  if (!named("counts")) return undefined;
  const [passes, dropped, sampled, nodes] = named("counts");
  const functions = createFunctions(nodes);
  for (const key of FUNCTION_NAMES) functions[key].set(named(key));
  const overlap = named("overlap").slice();
  return { run, passes, dropped, sampled, functions, overlap, residuals: [...named("residuals")] };
}
