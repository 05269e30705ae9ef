import { createPacer, type Options, type PoolTask } from "../core/options";
import type { Ensemble } from "../core/results";
import { createEnsemble, runEnsemble } from "./ensemble";
import { type NetworkProblem, type NetworkSimulation, planNetwork } from "./quadratic-problem";
import { createNetworkRunner, type NetworkRun } from "./quadratic-run";

/** An ensemble with the exit time of every sample, in their order; Infinity where none came before the end. */
export interface NetworkEnsemble extends Ensemble {
  readonly events: { readonly exitTime: Float64Array };
  readonly notes: readonly string[];
}

/** Consecutive samples of one simulation, as plain data for a worker. */
export interface NetworkBatch {
  readonly problem: NetworkProblem;
  readonly simulation: NetworkSimulation;
  readonly from: number;
  readonly to: number;
}

/** The runs of a batch. */
export const networkBatchTask: PoolTask<NetworkBatch, NetworkRun[]> = {
  name: "stochastic gradient descent",
  module: "simulate/quadratic-network",
  run: ({ problem, simulation, from, to }) => {
    const runner = createNetworkRunner(problem, planNetwork(problem, simulation), simulation);
    return Array.from({ length: to - from }, (_, k) => {
      const run = runner(from + k);
      for (;;) {
        const turn = run.next();
        if (turn.done) return turn.value;
      }
    });
  },
};

/**
 * Simulates one-pass SGD of the finite network, sample by sample (Escaping mediocrity, eqs. (4) and (20)); each sample
 * has its own start and data. Series: risk, excessRisk, maxOverlap, overlap[j], correlation[j,l] (j ≤ l),
 * secondLayer[j], at the updates nearest to the report times. Events: exitTime.
 *
 * A sample depends on the seed, its number and the process, and not on how many samples or workers there are.
 *
 * @throws InvalidParameterError, named like `simulation.stepLimit`; InterruptedError after an abort.
 */
export async function simulateNetwork(
  problem: NetworkProblem,
  simulation: NetworkSimulation,
  options: Options = {},
): Promise<NetworkEnsemble> {
  const plan = planNetwork(problem, simulation);
  const { samples, keepCurves } = simulation;
  const frame = { time: plan.time, size: problem.network.dimension, keepCurves };
  const exits = new Float64Array(samples);
  let ensemble: Ensemble;
  if (options.pool && options.pool.workers > 1) {
    const runs = await inBatches(problem, simulation, options);
    exits.set(runs.map((run) => run.exitTime));
    ensemble = createEnsemble(frame, runs);
  } else {
    const runner = createNetworkRunner(problem, plan, simulation);
    ensemble = await runEnsemble(
      frame,
      {
        label: networkBatchTask.name,
        samples,
        work: plan.limit,
        *simulateSample(sample) {
          const run = yield* runner(sample);
          exits[sample] = run.exitTime;
          return run;
        },
      },
      options,
    );
  }
  return { ...ensemble, events: { exitTime: exits }, notes: remarks(exits, plan) };
}

async function inBatches(
  problem: NetworkProblem,
  simulation: NetworkSimulation,
  options: Options,
): Promise<NetworkRun[]> {
  const { samples } = simulation;
  const size = Math.max(1, Math.ceil(samples / (8 * options.pool!.workers)));
  const batches: NetworkBatch[] = [];
  for (let from = 0; from < samples; from += size) {
    batches.push({ problem, simulation, from, to: Math.min(samples, from + size) });
  }
  await createPacer(networkBatchTask.name, samples, options).pause(0);
  return (await options.pool!.map(networkBatchTask, batches, options)).flat();
}

function remarks(exits: Float64Array, plan: ReturnType<typeof planNetwork>): string[] {
  const missing = exits.filter((t) => t === Infinity).length;
  if (missing === 0) return [];
  const end = (plan.limit * plan.stepTime).toPrecision(4);
  const reason = plan.limited ? "the step limit" : "the end of the run";
  return [`${missing} of ${exits.length} samples did not exit before ${reason}, t = ${end}`];
}
