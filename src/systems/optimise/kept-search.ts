import type { RunIdentity, StateCodec } from "../../core/saved-states";
import { hashOf } from "../../numerics/hash";
import type { System } from "../system";
import type { OptimiseSpec } from "./spec";

/** One solution of the search. */
export interface Evaluation {
  /** The parameters searched, in the order of the names of the search. */
  readonly at: readonly number[];
  /** The quantity, or the time at which it is reached: Infinity for never. Undefined where the solver failed. */
  readonly value: number | undefined;
}

/** The theory to be solved again and again. */
export interface OptimiseProblem {
  readonly system: System;
  readonly parameters: unknown;
  readonly method: unknown;
  readonly search: OptimiseSpec;
}

/** Of the search and of what its evaluations hold. */
const VERSION = "1";

/** The evaluations of a search as what a checkpoint store keeps. */
export function searchStates({ system, parameters, method, search }: OptimiseProblem): {
  readonly identity: RunIdentity;
  readonly codec: StateCodec<readonly Evaluation[]>;
  stepsOf(evaluations: readonly Evaluation[]): number;
} {
  const names = Object.keys(search.parameters).length;
  return {
    identity: {
      system: system.name,
      solver: "search",
      version: VERSION,
      parametersHash: hashOf({ parameters, method, search }),
    },
    codec: {
      pack: (evaluations) => ({
        at: Float64Array.from(evaluations.flatMap(({ at }) => at)),
        value: Float64Array.from(evaluations, ({ value = Number.NaN }) => value),
      }),
      unpack: ({ at, value }) =>
        Array.from(value, (one, k) => ({
          at: Array.from(at.subarray(k * names, (k + 1) * names)),
          value: Number.isNaN(one) ? undefined : one,
        })),
    },
    stepsOf: ({ length }) => length,
  };
}
