import { solveUniform, type TwoTimeProblem } from "../../chsck";
import type { Ensemble, Trajectory, TwoTimeSolution } from "../../core/results";
import { type Covariance, createCovariance, pureCovariance } from "../../models/covariance";
import { createSchedule, decayExponent } from "../../schedule";
import { simulateSphericalLandscape } from "../../simulate/landscape";
import {
  dynamicTemperature,
  fdtViolation,
  groundStateLoss,
  lossExponent,
  optimalExponent,
  plateau,
  relaxationExponent,
  thresholdLoss,
  thresholdMultiplier,
} from "../../theory/landscape";
import { derive, derivedOptions } from "../parts/derive";
import type { LandscapeSimulation, TwoTimeMethod } from "../parts/landscape";
import { reported } from "../parts/reported";
import { UNDEFINED } from "../parts/words";
import type { SystemCode } from "../system";
import type { PSpinParameters } from "./parameters";

/** Largest distance in ln t of the points that give the local exponent. */
const LOG_STEP = 2e-3;

const covarianceOf = ({ p, couplings }: PSpinParameters): Covariance =>
  couplings ? createCovariance(couplings, "parameters.couplings") : pureCovariance(p!, "parameters.p");

function problemOf(parameters: PSpinParameters): TwoTimeProblem {
  return {
    covariance: covarianceOf(parameters),
    temperature: parameters.temperature,
    schedule: createSchedule(parameters.schedule, "parameters.schedule"),
  };
}

export const code: SystemCode<PSpinParameters, TwoTimeMethod, LandscapeSimulation, TwoTimeSolution> = {
  describe(parameters) {
    const { covariance, temperature, schedule } = problemOf(parameters);
    return [
      `dx = −η(∇L + z x) dt + η √(2·${temperature}) dW on |x|² = N, E[L L'] = N·Q(x·x'/N)`,
      `Q(q) = ${covariance.label}, η(t) = ${schedule.label}`,
    ].join("\n");
  },

  async solve(parameters, method, options) {
    const problem = problemOf(parameters);
    const threshold = thresholdLoss(problem.covariance, 0);
    return derive(solveUniform(problem, method, options), (solution) =>
      threshold === undefined ? solution : withExcess(solution, threshold),
    );
  },

  async simulate(parameters, simulation, report, options) {
    const problem = problemOf(parameters);
    const threshold = thresholdLoss(problem.covariance, 0);
    const request = reported(simulation, report);
    const add = (ensemble: Ensemble) =>
      threshold === undefined ? ensemble : withSampledExcess(ensemble, threshold);
    return derive(simulateSphericalLandscape(problem, request, derivedOptions(options, add)), add);
  },

  predict(parameters) {
    const covariance = covarianceOf(parameters);
    const { temperature } = parameters;
    const gamma = relaxationExponent(covariance);
    return {
      thresholdLoss: thresholdLoss(covariance, temperature) ?? UNDEFINED,
      thresholdMultiplier: thresholdMultiplier(covariance, temperature),
      thresholdLossZero: thresholdLoss(covariance, 0) ?? UNDEFINED,
      groundStateLoss: groundStateLoss(covariance),
      plateau: plateau(covariance, temperature) ?? UNDEFINED,
      dynamicTemperature: dynamicTemperature(covariance),
      fdtViolation: fdtViolation(covariance, temperature) ?? UNDEFINED,
      lossExponent: scheduledLossExponent(parameters, gamma) ?? UNDEFINED,
      optimalExponent: gamma === undefined ? UNDEFINED : optimalExponent(gamma),
    };
  },
};

function scheduledLossExponent(
  { temperature, schedule }: PSpinParameters,
  gamma: number | undefined,
): number | undefined {
  const exponent = decayExponent(schedule);
  return exponent === undefined || gamma === undefined
    ? undefined
    : lossExponent({ temperature, exponent, gamma });
}

function withSampledExcess(ensemble: Ensemble, threshold: number): Ensemble {
  const excess = (values: Float64Array) => values.map((loss) => loss - threshold);
  const { series, standardError, curves } = ensemble;
  return {
    ...ensemble,
    series: { ...series, excessLoss: excess(series.loss) },
    standardError: { ...standardError, excessLoss: standardError.loss },
    curves: curves && { ...curves, excessLoss: curves.loss.map(excess) },
  };
}

/** Adds the loss above the threshold and its local exponent −d ln excess / d ln t. */
function withExcess(solution: TwoTimeSolution, threshold: number): TwoTimeSolution {
  const sample = (times: ArrayLike<number>): Trajectory => {
    const base = solution.sample(times);
    const { loss } = base.series;
    const excessLoss = loss.map((value) => value - threshold);
    const slope = logSlope(solution, base.time);
    const exponent = slope.map((value, k) => -value / excessLoss[k]);
    const series = { ...base.series, excessLoss, lossExponent: exponent };
    if (!base.error) return { time: base.time, series };
    const lossError = base.error.loss;
    // The error of the loss varies with ln t on the scale 1, so its slope is about as large as itself.
    const exponentError = lossError.map(
      (e, k) => (e * (1 + Math.abs(exponent[k]))) / Math.abs(excessLoss[k]),
    );
    return {
      time: base.time,
      series,
      error: { ...base.error, excessLoss: lossError, lossExponent: exponentError },
    };
  };
  return { ...solution, ...sample(solution.time), sample };
}

/** d loss / d ln t by five-point differences, one-sided at the end of the run. */
function logSlope(solution: TwoTimeSolution, times: Float64Array): Float64Array {
  const until = solution.time[solution.time.length - 1];
  const h = LOG_STEP / 2;
  return times.map((t) => {
    if (t === 0) return 0;
    const inside = t * Math.exp(2 * h) <= until;
    const offsets = inside ? [-2, -1, 1, 2] : [-4, -3, -2, -1, 0];
    const weights = inside ? [1, -8, 8, -1] : [3, -16, 36, -48, 25];
    const { loss } = solution.sample(offsets.map((k) => t * Math.exp(k * h))).series;
    return loss.reduce((sum, value, k) => sum + weights[k] * value, 0) / (12 * h);
  });
}
