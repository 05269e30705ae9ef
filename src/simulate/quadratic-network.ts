import type { Options } from "../core/options";
import type { Ensemble } from "../core/results";
import { runEnsemble, type SampleCurves, sampleTask } from "./ensemble";
import {
  type NetworkPlan,
  type NetworkProblem,
  type NetworkSimulation,
  planNetwork,
} from "./quadratic-problem";
import { createNetworkRunner } from "./quadratic-run";

/** An ensemble with the exit time of every sample, in their order; Infinity where none came before the end. */
export interface NetworkEnsemble extends Ensemble {
  readonly events: { readonly exitTime: Float64Array };
  readonly notes: readonly string[];
}

/** All there is to know of a simulation, as plain data. */
interface NetworkSetup extends Pick<NetworkSimulation, "process" | "seed"> {
  readonly problem: NetworkProblem;
  readonly plan: NetworkPlan;
}

/** Samples of {@link simulateNetwork}, for workers. */
export const networkTask = sampleTask<NetworkSetup>(
  "stochastic gradient descent",
  ({ problem, plan, ...how }) => createNetworkRunner(problem, plan, how),
);

/**
 * Simulates one-pass SGD of the finite network, sample by sample (Escaping mediocrity, eqs. (4) and (20)); each sample
 * has its own start and data. Series: risk, excessRisk, maxOverlap, overlap[j], correlation[j,l] (j ≤ l),
 * secondLayer[j], at the updates nearest to the report times. Events: exitTime.
 *
 * A sample depends on the seed, its number and the process, and not on how many samples or workers there are.
 *
 * @throws InvalidParameterError, named like `simulation.stepLimit`; InterruptedError after an abort; its `partial` is
 *   the NetworkEnsemble of the finished samples.
 */
export async function simulateNetwork(
  problem: NetworkProblem,
  simulation: NetworkSimulation,
  options: Options = {},
): Promise<NetworkEnsemble> {
  const plan = planNetwork(problem, simulation);
  const { samples, keepCurves, process, seed } = simulation;
  const frame = {
    time: plan.time,
    size: problem.network.dimension,
    keepCurves,
    until: plan.limit * plan.stepTime,
    notes: (runs: readonly SampleCurves[]) => remarks(runs, plan),
  };
  const request = { setup: { problem, plan, process, seed }, samples };
  return (await runEnsemble(frame, networkTask, request, options)) as NetworkEnsemble;
}

function remarks(runs: readonly SampleCurves[], plan: NetworkPlan): string[] {
  const missing = runs.filter(({ events }) => events?.exitTime === Infinity).length;
  if (missing === 0) return [];
  const end = (plan.limit * plan.stepTime).toPrecision(4);
  const reason = plan.limited ? "the step limit" : "the end of the run";
  return [`${missing} of ${runs.length} samples did not exit before ${reason}, t = ${end}`];
}
