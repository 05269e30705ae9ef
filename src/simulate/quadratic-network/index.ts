/** One-pass SGD of the quadratic network in finite dimension: its order parameters by themselves, or its vectors. */
export type { NetworkProblem, NetworkSimulation } from "./problem";
export { type NetworkEnsemble, simulateNetwork } from "./simulate";
