import { createFunctions, type OrderFunctions } from "../process/functions";
import type { Setup } from "../process/setup";
import { startAverages } from "../process/start-averages";

/** The paper's guess (appendix A.1): all as at t = 0, no memory, and noise correlated by a tenth between different times. */
export function firstGuess(setup: Setup): OrderFunctions {
  const start = startAverages(setup);
  const { nodes } = setup;
  const guess = createFunctions(nodes);
  guess.noise.fill(0.1 * start.noise);
  for (let k = 0; k < nodes; k++) guess.noise[k * (nodes + 1)] = start.noise;
  for (const name of ["curvature", "drive", "radial", "loss"] as const) guess[name].fill(start[name]);
  return guess;
}
