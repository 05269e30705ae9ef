import { requireBudget } from "../../core/budget";
import { integerAtLeast } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { MomentumSteps } from "../../models/random-features/momentum";
import { checkFeatures, type PowerLawFeatures } from "../../models/random-features/problem";
import type { Projection } from "../../models/random-features/projection";
import { checkSteps, type Steps } from "../../models/random-features/steps";
import { curveCost } from "../curve-cost";

/** SGD to be simulated: plain data. */
export interface FeatureProblem {
  readonly features: PowerLawFeatures;
  /** Student features Gψ in place of the first N modes. */
  readonly projection?: Projection;
  /** Rate and batch of every step; the batches are integers. */
  readonly steps: Steps;
  /** Coefficients of momentum in place of the rates. */
  readonly momentum?: MomentumSteps;
}

/** How to simulate it. Plain data. */
export interface FeatureSimulation {
  readonly samples: number;
  readonly seed: number | string;
  /** Steps t at which the loss is wanted, ascending, at most the number of steps; the nearest step counts. */
  readonly times: ArrayLike<number>;
  readonly keepCurves?: boolean;
}

/** Most numbers drawn for a step. */
const MOST_A_STEP = 1e8;
/** Seconds to draw a number of an example and to use it. */
const SECONDS = 5e-8;

/** @returns the steps of the report times. @throws InvalidParameterError, named like `simulation.samples` */
export function planFeatures(
  problem: FeatureProblem,
  simulation: FeatureSimulation,
  options: Options = {},
): Float64Array {
  const { features, projection, steps } = problem;
  checkFeatures(features);
  checkSteps(steps);
  integerAtLeast("simulation.samples", simulation.samples, 1);
  const broken = steps.batch.findIndex((size) => !Number.isInteger(size));
  if (broken >= 0) integerAtLeast(`batchSize at step ${broken}`, steps.batch[broken], 1);
  const largest = steps.batch.reduce((x, y) => Math.max(x, y), 0);
  const inputs = projection ? projection[0].length : features.features;
  if (largest * (inputs + 1) > MOST_A_STEP) {
    const allowed = `at most ${MOST_A_STEP} random numbers a step, features times batch; the recursion takes any number`;
    throw new InvalidParameterError("features", features.features, allowed);
  }
  const horizon = steps.rate.length;
  const examples = steps.batch.reduce((sum, size) => sum + size, 0);
  const seconds = SECONDS * examples * inputs;
  const { samples, times } = simulation;
  requireBudget(
    [
      { parameter: "horizon", value: horizon, bytes: 8 * largest * inputs, seconds },
      { ...curveCost(samples, times.length, 2), seconds: (samples - 1) * seconds },
    ],
    options,
  );
  return Float64Array.from(simulation.times, (t) => {
    if (t >= 0 && t <= horizon * (1 + 1e-12)) return Math.round(t);
    throw new InvalidParameterError("simulation.times", t, `numbers from 0 to the last step, ${horizon}`);
  });
}
