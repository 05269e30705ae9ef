import type { RunIdentity } from "../../core/saved-states";
import type { Cost } from "../../models/cost";
import { hashOf } from "../../numerics/hash";
import type { Setup } from "../process/setup";
import type { Iteration } from "./method";

/** Of the iteration and of what its states hold. */
const VERSION = "2";

/** What the states of the runs depend on; not how many iterations or runs there are to be. */
export function identify({ cost, ...setup }: Setup, iteration: Iteration): RunIdentity {
  return {
    system: "phase-retrieval",
    solver: "damped",
    version: VERSION,
    parametersHash: hashOf([setup, iteration.identity, fingerprint(cost)]),
  };
}

const FIELDS = [-1.7, 0.3, 1.1];

/** A function is known by its values. */
const fingerprint = (cost: Cost): readonly (number | undefined)[] =>
  FIELDS.flatMap((h) =>
    FIELDS.flatMap((h0) => [
      cost.value(h, h0),
      cost.first(h, h0),
      cost.second(h, h0),
      cost.higher?.third(h, h0),
      cost.higher?.fourth(h, h0),
    ]),
  );
