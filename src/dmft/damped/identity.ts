import type { RunIdentity } from "../../core/saved-states";
import { hashOf } from "../../numerics/hash";
import { fingerprint } from "../process/fingerprint";
import type { Setup } from "../process/setup";
import type { Iteration } from "./method";

/** Of the iteration and of what its states hold. */
const VERSION = "3";

/** What the states of the runs depend on; not how many iterations or runs there are to be. */
export function identify({ cost, ...setup }: Setup, iteration: Iteration): RunIdentity {
  return {
    system: "phase-retrieval",
    solver: "damped",
    version: VERSION,
    parametersHash: hashOf([setup, iteration.identity, fingerprint(cost)]),
  };
}
