import { checkCall } from "../../core/check-options";
import type { Options } from "../../core/options";
import type { Ensemble } from "../../core/results";
import { runEnsemble, type SampleCurves, sampleTask } from "../ensemble";
import { planSphericalSk, type SphericalSkDynamics, type SphericalSkSimulation } from "./plan";
import { createSphericalSkSimulator } from "./run";

/** Samples of {@link simulateSphericalSk}, for workers. */
export const sphericalSkTask = sampleTask("simulation of the spherical SK model", createSphericalSkSimulator);

/**
 * Simulates spherical SK systems of N spins, each with its own matrix, start and noise: Langevin dynamics (half of the noise, the
 * flow e^{A ds}, the other half: weakly of second order in the step) or projected gradient descent (exactly its steps).
 * In the tridiagonal basis a step costs O(N), and the law is the same as that of the dense matrix.
 *
 * Series: loss, excessLoss = loss + λ1/2 with the sample's own λ1 (its mean is not the loss minus that of the infinite ground
 * state: λ1 is about 1.2 N^{−2/3} lower), multiplier z = T_eff − 2·loss, topOverlap (x·v1)²/N, hessianLeftEdge z − 2Δ, with a
 * signal overlap m (|m| of a random start). Two-time: correlation at the pairs. Events: crossingTime, the first time at which
 * topOverlap is 1/2.
 *
 * A sample depends on the seed, its number and the steps, and not on how many samples or workers there are.
 * @throws InvalidParameterError, named like `simulation.size`; InterruptedError after an abort; its `partial` is the Ensemble
 *   of the finished samples.
 */
export async function simulateSphericalSk(
  problem: SphericalSkDynamics,
  simulation: SphericalSkSimulation,
  options: Options = {},
): Promise<Ensemble> {
  checkCall({ problem, simulation }, options);
  const plan = planSphericalSk(problem, simulation, options);
  const { size, samples, pairs, seed, keepCurves, until } = simulation;
  const frame = {
    time: plan.time,
    size,
    keepCurves,
    until,
    ...(pairs?.length && { pairs: plan.dynamics === "flow" ? pairs : plan.pairs }),
    notes: (runs: readonly SampleCurves[]) => {
      const missing = runs.filter(({ events }) => events!.crossingTime === Infinity).length;
      return [
        "excessLoss is counted from each sample's own ground state, −λ1/2",
        ...(missing > 0
          ? [`${missing} of ${runs.length} samples did not reach half their overlap with v1`]
          : []),
      ];
    },
  };
  return runEnsemble(frame, sphericalSkTask, { setup: { plan, seed }, samples }, options);
}
