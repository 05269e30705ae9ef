import { oneOf } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { ProcessMethod } from "../process/method";

/** All trajectories at once, step by step, with the averages over them: no iteration. */
export interface CausalMethod extends ProcessMethod {
  /**
   * "matched": the noise of a step is made orthogonal to the starts and to earlier noise. Default: so as long as there are at
   * least 8 trajectories for each step so far, and random from then on, wherever the run ends.
   */
  readonly noise?: "random" | "matched";
}

export const TRAJECTORIES = 4096;
/** Trajectories for each step so far down to which noise is matched by default, and below which it cannot be. */
const PLENTY = 8;
const ENOUGH = 2;

/** How many steps have matched noise, from the start. @throws InvalidParameterError where they cannot. */
export function matchedSteps({ noise }: CausalMethod, trajectories: number, nodes: number): number {
  if (noise === undefined) return Math.floor(trajectories / PLENTY);
  if (oneOf("method.noise", noise, ["random", "matched"]) === "random") return 0;
  if (trajectories < ENOUGH * nodes) {
    const least = ENOUGH * nodes;
    throw new InvalidParameterError("method.noise", noise, `"random" for fewer than ${least} trajectories`);
  }
  return nodes;
}
