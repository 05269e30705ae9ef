import type { RunIdentity, StateCodec } from "../../core/saved-states";
import { hashOf } from "../../numerics/hash";
import { fingerprint } from "../process/fingerprint";
import { KERNEL_NAMES, type ParticleSetup } from "./method";
import { CURVE_NAMES, type ParticleRun } from "./run";

/** Of the method and of what its states hold. */
const VERSION = "1";

/** What a finished run depends on; not how many there are to be. */
export function identify({ cost, pairs, ...setup }: ParticleSetup): RunIdentity {
  const wanted = pairs.isWhole ? pairs.names : pairs;
  return {
    system: "phase-retrieval",
    solver: "particles",
    version: VERSION,
    parametersHash: hashOf([setup, wanted, fingerprint(cost)]),
  };
}

/** Finished runs as arrays of a checkpoint. */
export const createStateCodec = ({ steps, pairs }: ParticleSetup): StateCodec<ParticleRun> => ({
  pack: ({ curves, recoveryTime, pairs: values }) => ({
    ...curves,
    recoveryTime: Float64Array.of(recoveryTime),
    ...values,
  }),
  unpack(arrays) {
    const pick = <Name extends string>(names: readonly Name[], length: number) =>
      Object.fromEntries(
        names.map((name) => {
          if (arrays[name].length !== length) throw new RangeError(`the length of ${name}`);
          return [name, arrays[name].slice()];
        }),
      ) as Record<Name, Float64Array>;
    if (arrays.recoveryTime.length !== 1) throw new RangeError("the length of recoveryTime");
    return {
      curves: pick(CURVE_NAMES, steps + 1),
      recoveryTime: arrays.recoveryTime[0],
      pairs: pick(KERNEL_NAMES, pairs.steps.length ** 2),
    };
  },
});
