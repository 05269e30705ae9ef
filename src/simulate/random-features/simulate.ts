import { checkCall } from "../../core/check-options";
import { ConvergenceError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Ensemble } from "../../core/results";
import { createModes } from "../../models/random-features/modes";
import { projectedModes } from "../../models/random-features/projection";
import { createStreams } from "../../numerics/streams";
import { runEnsemble, type Simulator, sampleTask } from "../ensemble";
import { type FeatureProblem, type FeatureSimulation, planFeatures } from "./problem";
import { createProjectedStudent, createTopStudent, type StepCoefficients } from "./students";

/** All there is to know of a simulation, as plain data. */
interface FeatureSetup {
  readonly problem: FeatureProblem;
  readonly seed: number | string;
  /** Steps to report. */
  readonly reports: Float64Array;
  /** s2. */
  readonly floor: number;
}

/** Samples of {@link simulateFeatures}, for workers. */
export const featuresTask = sampleTask<FeatureSetup>(
  "stochastic gradient descent on random features",
  createRunner,
);

/**
 * Simulates SGD with fresh Gaussian examples on a student of power-law features (RF.1, RF.24), sample by sample; the loss of a
 * sample is the population loss of its weights. Series: loss, with σ² and what no feature can explain, and excessLoss without
 * both, at the steps nearest to the report times.
 *
 * A sample depends on the seed and its number, and not on how many samples or workers there are.
 *
 * @throws InvalidParameterError; ConvergenceError where the weights of a sample diverge; InterruptedError after an abort. The
 *   `partial` of both is the ensemble of the finished samples.
 */
export async function simulateFeatures(
  problem: FeatureProblem,
  simulation: FeatureSimulation,
  options: Options = {},
): Promise<Ensemble> {
  checkCall({ problem, simulation }, options);
  checkCall({ "problem.features": problem.features, "problem.steps": problem.steps }, options);
  const reports = planFeatures(problem, simulation, options);
  const { features, projection } = problem;
  const { floor } = projection ? projectedModes(features, projection) : createModes(features);
  const { samples, seed, keepCurves } = simulation;
  const frame = { time: Float64Array.from(simulation.times), size: features.features, keepCurves };
  return runEnsemble(frame, featuresTask, { setup: { problem, seed, reports, floor }, samples }, options);
}

/** Normals drawn at a time, at most; whole steps. */
const SLICE = 1 << 14;

function createRunner({ problem, seed, reports, floor }: FeatureSetup): Simulator {
  const { features, projection, steps } = problem;
  const student = projection ? createProjectedStudent(features, projection) : createTopStudent(features);
  const streams = createStreams(seed);
  const last = reports.reduce((most, step) => Math.max(most, step), 0);
  const largest = steps.batch.reduce((x, y) => Math.max(x, y), 0);
  const normals = new Float64Array(largest * student.inputs);
  const slice = Math.max(1, Math.floor(SLICE / normals.length));

  return function* run(sample) {
    const stream = streams.stream("data", sample);
    const loss = new Float64Array(reports.length);
    student.start();
    const record = (step: number) => {
      const value = features.labelNoise + student.loss();
      if (!Number.isFinite(value)) throw diverged(sample, step);
      for (let k = 0; k < reports.length; k++) if (reports[k] === step) loss[k] = value;
    };
    const wanted = new Set(reports);
    if (wanted.has(0)) record(0);
    for (let t = 0; t < last; t++) {
      const batch = steps.batch[t];
      stream.fillNormal(normals, 0, batch * student.inputs);
      student.step(normals, batch, coefficients(problem, t));
      if (wanted.has(t + 1)) record(t + 1);
      if (t % slice === 0) yield t / last;
    }
    return { series: { loss, excessLoss: loss.map((value) => value - floor) } };
  };
}

/** Plain SGD is momentum with nothing accumulated. */
function coefficients({ steps, momentum }: FeatureProblem, t: number): StepCoefficients {
  return momentum
    ? { direct: momentum.direct[t], accumulated: momentum.accumulated[t], kept: 1 - momentum.damping[t] }
    : { direct: steps.rate[t], accumulated: 0, kept: 0 };
}

function diverged(sample: number, step: number): ConvergenceError {
  return new ConvergenceError(`The loss of sample ${sample} grows without bound at step ${step}.`, {
    reached: step - 1,
    advice: "Take a learning rate below stabilityRate.",
  });
}
