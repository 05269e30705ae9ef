import type { StateCodec } from "../../core/saved-states";
import { createFunctions, FUNCTION_NAMES } from "../process/functions";
import type { SampledRun } from "../process/solution";

/** Where one run stands: plain data, from which it goes on as if it had never stopped. */
export interface RunState extends SampledRun {
  /** Passes done. */
  readonly passes: number;
  /** Overlaps of all passes. */
  readonly overlaps: readonly Float64Array[];
}

/** States of runs on this many nodes as arrays of a checkpoint. */
export const createStateCodec = (nodes: number): StateCodec<RunState> => ({
  pack({ passes, dropped, sampled, residuals, overlaps, functions }) {
    return {
      counts: Float64Array.of(passes, dropped, sampled),
      residuals: Float64Array.from(residuals),
      overlaps: Float64Array.from(overlaps.flatMap((overlap) => [...overlap])),
      ...Object.fromEntries(FUNCTION_NAMES.map((name) => [name, functions[name]])),
    };
  },
  unpack(arrays) {
    const [passes, dropped, sampled] = arrays.counts;
    const { residuals, overlaps } = arrays;
    const functions = createFunctions(nodes);
    for (const name of FUNCTION_NAMES) {
      if (arrays[name].length !== functions[name].length) throw new RangeError(`the length of ${name}`);
      functions[name].set(arrays[name]);
    }
    if (residuals.length !== passes - 1 || overlaps.length !== passes * nodes)
      throw new RangeError("the lengths");
    const byPass = Array.from({ length: passes }, (_, pass) =>
      overlaps.slice(pass * nodes, (pass + 1) * nodes),
    );
    return { passes, dropped, sampled, functions, overlaps: byPass, residuals: [...residuals] };
  },
});
