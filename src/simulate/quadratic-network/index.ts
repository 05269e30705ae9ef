/**
 * One-pass SGD of the quadratic network in finite dimension. Where each equation of docs/equations.md stands:
 *
 *   (Q.1) to (Q.3)  one update              createOrderRecursion, with vectors createVectorProcess
 *                   the law of m and Q      createReducedProcess, createSingleProcess for one neuron
 */
export type { NetworkProblem, NetworkSimulation } from "./problem";
export { type NetworkEnsemble, simulateNetwork } from "./simulate";
