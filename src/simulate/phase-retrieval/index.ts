/** Gradient descent, its stochastic kin and Langevin dynamics on a finite set of measurements. */
export type { RetrievalSimulation } from "./problem";
export { simulatePhaseRetrieval } from "./simulate";
