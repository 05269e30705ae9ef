import type { Options } from "../core/options";
import type { Ensemble } from "../core/results";
import { createStreams } from "../numerics/streams";
import { meanOfRuns, runEnsemble, type SampleCurves } from "./ensemble";
import { createGaussianLoss } from "./gaussian-loss";
import { planLandscape } from "./landscape-plan";
import type { LandscapeProblem, LandscapeSimulation } from "./landscape-problem";
import { runLandscape } from "./landscape-run";

/**
 * Simulates the finite system: Langevin dynamics on the sphere in a Gaussian landscape of one or several channels,
 * such as the p-spin system; with `initialOverlap` also a planted signal, such as the spiked matrix-tensor system.
 * The start is uniformly random (given the overlap, if any).
 *
 * Series: `loss` L/N, and `multiplier` T_eff − x·∇L/N = T_eff − Σ p·l_p with T_eff = Tη, which tends to the z of
 * the two-time equations (the radial force of the finite system itself has T_eff (N − 1)/N); with several channels
 * their losses `loss[k]`, in the order of the covariance's terms, each with its share −Q_k(m) of the signal; with a
 * signal `overlap` m = x*·x/N. Two-time series at the pairs: `correlation` x(t)·x(t')/N and `response` to a unit
 * jump in the clock. The error of a step is of second order, at finite N too.
 *
 * A sample depends on the seed, its number, the steps and the pairs, and not on how many samples there are.
 *
 * @throws InvalidParameterError, named like `simulation.size`; also for steps so long that the descent would be
 *   unstable. InterruptedError after an abort; its `partial` is the Ensemble of the finished samples.
 */
export async function simulateSphericalLandscape(
  problem: LandscapeProblem,
  simulation: LandscapeSimulation,
  options: Options = {},
): Promise<Ensemble> {
  const plan = planLandscape(problem, simulation);
  const { size, samples, pairs, replicas = 1, keepCurves } = simulation;
  const streams = createStreams(simulation.seed);
  const loss = createGaussianLoss(problem.covariance, size, problem.initialOverlap !== undefined);
  const stepCount = plan.clock.length;

  function* simulateSample(sample: number): Generator<number, SampleCurves> {
    for (const _ of loss.draw(streams, sample)) yield 0;
    const runs: SampleCurves[] = [];
    for (let replica = 0; replica < replicas; replica++) {
      const run = runLandscape(plan, loss, streams, sample, replica);
      let turn = run.next();
      for (; !turn.done; turn = run.next()) yield replica * stepCount + turn.value;
      runs.push(turn.value);
    }
    return meanOfRuns(runs);
  }

  return runEnsemble(
    { time: plan.time, size, keepCurves, ...(pairs?.length && { pairs }) },
    { label: "simulation of the spherical landscape", samples, work: replicas * stepCount, simulateSample },
    options,
  );
}
