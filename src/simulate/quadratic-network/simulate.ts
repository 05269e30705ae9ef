import { checkCall } from "../../core/check-options";
import type { Options } from "../../core/options";
import type { Ensemble } from "../../core/results";
import { runEnsemble, type SampleCurves, sampleTask } from "../ensemble";
import { type NetworkPlan, type NetworkProblem, type NetworkSimulation, planNetwork } from "./problem";
import { createNetworkRunner } from "./run";

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
 * secondLayer[j], at the updates nearest to the report times, as far as the step limit lets them come. Events: exitTime.
 *
 * A sample depends on the seed, its number and the process, and not on how many samples or workers there are.
 *
 * @throws InvalidParameterError, named like `simulation.stepLimit`; ConvergenceError where the order parameters of a
 *   sample diverge; InterruptedError after an abort. The `partial` of both is the NetworkEnsemble of the finished samples.
 */
export async function simulateNetwork(
  problem: NetworkProblem,
  simulation: NetworkSimulation,
  options: Options = {},
): Promise<NetworkEnsemble> {
  checkCall({ problem, simulation }, options);
  checkCall({ "problem.network": problem.network }, options);
  const plan = planNetwork(problem, simulation, options);
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

/** What the runs did not come to, and what ended them. */
function remarks(runs: readonly SampleCurves[], plan: NetworkPlan): string[] {
  const { limit, wanted, stepTime, leftOut } = plan;
  const missing = runs.filter(({ events }) => events?.exitTime === Infinity).length;
  const without = missing > 0 ? [`${missing} of ${runs.length} samples did not exit`] : [];
  const end = `t = ${(limit * stepTime).toPrecision(4)}`;
  if (wanted === limit) return without.map((text) => `${text} before the end of the run, ${end}`);
  const cut = [...without, ...(leftOut > 0 ? ["later report times are left out"] : [])];
  if (cut.length === 0) return [];
  const raise = `simulation.stepLimit ${wanted}, or null for none, lets them go on to the end`;
  return [`the step limit of ${limit} updates ended the runs at ${end}: ${cut.join(", ")}; ${raise}`];
}
