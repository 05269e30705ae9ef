import type { Options } from "../core/options";
import type { Ensemble } from "../core/results";
import { createStreams } from "../numerics/streams";
import { meanOfRuns, runEnsemble, type SampleCurves } from "./ensemble";
import { createGaussianLoss } from "./gaussian-loss";
import { planPSpin } from "./p-spin-plan";
import type { PSpinProblem, PSpinSimulation } from "./p-spin-problem";
import { runPSpin } from "./p-spin-run";

/**
 * Simulates the finite spherical p-spin system, or any sum of channels, from a uniformly random start.
 *
 * Series: `loss` L/N, and `multiplier` T_eff − x·∇L/N = T_eff − Σ p·l_p with T_eff = Tη, which tends to the z of
 * the two-time equations (the radial force of the finite system itself has T_eff (N − 1)/N). Two-time series at
 * the pairs: `correlation` x(t)·x(t')/N and `response` to a unit jump in the clock. The error of a step is of
 * second order, at finite N too.
 *
 * A sample depends on the seed, its number, the steps and the pairs, and not on how many samples there are.
 *
 * @throws InvalidParameterError, named like `simulation.size`; also for steps so long that the descent would be
 *   unstable. InterruptedError after an abort; its `partial` is the Ensemble of the finished samples.
 */
export async function simulatePSpin(
  problem: PSpinProblem,
  simulation: PSpinSimulation,
  options: Options = {},
): Promise<Ensemble> {
  const plan = planPSpin(problem, simulation);
  const { size, samples, pairs, replicas = 1, keepCurves } = simulation;
  const streams = createStreams(simulation.seed);
  const loss = createGaussianLoss(problem.covariance, size);
  const stepCount = plan.clock.length;

  function* simulateSample(sample: number): Generator<number, SampleCurves> {
    for (const _ of loss.draw(streams, sample)) yield 0;
    const runs: SampleCurves[] = [];
    for (let replica = 0; replica < replicas; replica++) {
      const run = runPSpin(plan, loss, streams, sample, replica);
      let turn = run.next();
      for (; !turn.done; turn = run.next()) yield replica * stepCount + turn.value;
      runs.push(turn.value);
    }
    return meanOfRuns(runs);
  }

  return runEnsemble(
    { time: plan.time, size, keepCurves, ...(pairs?.length && { pairs }) },
    { label: "simulation of the p-spin system", samples, work: replicas * stepCount, simulateSample },
    options,
  );
}
