import { oneOf } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { ProcessMethod } from "../process/method";

/** All trajectories at once, step by step, with the averages over them: no iteration. */
export interface CausalMethod extends ProcessMethod {
  /**
   * "matched": the noise of a step is made orthogonal to the starts and to earlier noise; the default where there are at
   * least 8 trajectories a step.
   */
  readonly noise?: "random" | "matched";
}

export const TRAJECTORIES = 4096;
/** Trajectories a step from which on noise is matched by default, and without which it cannot be. */
const PLENTY = 8;
const ENOUGH = 2;

/** Whether noise is matched. @throws InvalidParameterError where it cannot be. */
export function matchesNoise({ noise }: CausalMethod, trajectories: number, nodes: number): boolean {
  if (noise === undefined) return trajectories >= PLENTY * nodes;
  const isMatched = oneOf("method.noise", noise, ["random", "matched"]) === "matched";
  if (isMatched && trajectories < ENOUGH * nodes) {
    const least = ENOUGH * nodes;
    throw new InvalidParameterError("method.noise", noise, `"random" for fewer than ${least} trajectories`);
  }
  return isMatched;
}
