import { checkCall } from "../../core/check-options";
import type { Options } from "../../core/options";
import type { Ensemble } from "../../core/results";
import { runEnsemble, sampleTask } from "../ensemble";
import { planLandscape } from "./plan";
import type { LandscapeProblem, LandscapeSimulation } from "./problem";
import { createLandscapeSimulator } from "./run";
import { uniqueEntries } from "./symmetric-tensor";

/** Samples of {@link simulateSphericalLandscape}, for workers. */
export const landscapeTask = sampleTask("simulation of the spherical landscape", createLandscapeSimulator);

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
  checkCall({ problem, simulation }, options);
  const plan = planLandscape(problem, simulation, options);
  const { size, samples, pairs, replicas = 1, seed, keepCurves } = simulation;
  const frame = { time: plan.time, size, keepCurves, ...(pairs?.length && { pairs }) };
  const request = { setup: { plan, replicas, seed }, samples, mostAtOnce: mostAtOnce(problem, simulation) };
  return runEnsemble(frame, landscapeTask, request, options);
}

/** About 2 GB of couplings: what one sample may take, all that are simulated at the same time may take together. */
const MOST_ENTRIES = 2 ** 28;

function mostAtOnce({ covariance }: LandscapeProblem, { size }: LandscapeSimulation): number {
  const entries = covariance.terms.reduce((sum, { p }) => sum + uniqueEntries(p, size), 0);
  return Math.max(1, Math.floor(MOST_ENTRIES / entries));
}
