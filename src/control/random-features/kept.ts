import { keepState } from "../../core/kept-state";
import type { Options } from "../../core/options";
import type { RunIdentity } from "../../core/saved-states";
import { hashOf } from "../../numerics/hash";

/** Of the searches, and of what their states hold. */
const VERSION = "1";

/** @param problem all that the states depend on, and not how well the search is to end */
export const identify = (solver: string, problem: object): RunIdentity => ({
  system: "random-features",
  solver,
  version: VERSION,
  parametersHash: hashOf(problem),
});

/** Values of a search, kept in the order in which it asks for them. */
export interface KeptValues {
  /** The value at a place, which is not computed again where the search of an earlier run asked for the same. */
  valueAt(place: readonly number[], compute: () => number): Promise<number>;
  /** Saves the values at the end, or where the search stops. */
  save(): Promise<void>;
}

/** @param width how many numbers a place has */
export async function keepValues(
  identity: RunIdentity,
  width: number,
  { checkpoint }: Options,
): Promise<KeptValues> {
  const places: number[] = [];
  const values: number[] = [];
  const kept = await keepState<readonly [places: Float64Array, values: Float64Array]>(
    {
      identity,
      codec: {
        pack: ([place, value]) => ({ place, value }),
        unpack({ place, value }) {
          if (place.length !== width * value.length) throw new RangeError("places without values");
          return [place, value];
        },
      },
      stepsOf: ([, value]) => value.length,
    },
    checkpoint,
  );
  const [known, found] = kept.found ?? [new Float64Array(), new Float64Array()];
  const state = () => [Float64Array.from(places), Float64Array.from(values)] as const;
  return {
    async valueAt(place, compute) {
      const k = values.length;
      const isKnown = k < found.length && place.every((at, d) => Object.is(at, known[k * width + d]));
      values.push(isKnown ? found[k] : compute());
      places.push(...place);
      if (!isKnown) await kept.tell(state);
      return values[k];
    },
    save: () => kept.save(state()),
  };
}
