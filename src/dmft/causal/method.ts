import type { ProcessMethod } from "../process/method";

/** All trajectories at once, step by step, with the averages over them: no iteration. */
export interface CausalMethod extends ProcessMethod {
  /**
   * "matched": the noise of a step is made orthogonal to the starts and to earlier noise; the default where there are at
   * least 8 trajectories a step.
   */
  readonly noise?: "random" | "matched";
}
