import type { LeveledSolution, TwoTimeProblem } from "../../chsck";
import type { Ensemble, Trajectory, TwoTimeSolution } from "../../core/results";
import { type Covariance, createCovariance, pureCovariance } from "../../models/covariance";
import { createSchedule, decayExponent } from "../../schedule";
import { simulateSphericalLandscape } from "../../simulate/landscape";
import {
  dynamicTemperature,
  ergodicityTemperature,
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
import { withHessianEdge } from "../parts/hessian-edge";
import { withIntegratedResponse } from "../parts/integrated-response";
import type { LandscapeMethod, LandscapeSimulation } from "../parts/landscape";
import { reported } from "../parts/reported";
import { solveLandscape } from "../parts/solve-landscape";
import { temperatureNote } from "../parts/temperature-note";
import { UNDEFINED } from "../parts/words";
import type { SystemCode } from "../system";
import { lossExponents, smoothEnds } from "./loss-exponent";
import type { PSpinParameters } from "./parameters";

const covarianceOf = ({ p, couplings }: PSpinParameters): Covariance =>
  couplings ? createCovariance(couplings, "parameters.couplings") : pureCovariance(p!, "parameters.p");

function problemOf(parameters: PSpinParameters): TwoTimeProblem {
  return {
    covariance: covarianceOf(parameters),
    temperature: parameters.temperature,
    schedule: createSchedule(parameters.schedule, "parameters.schedule"),
    initialTemperature: parameters.initialTemperature,
  };
}

export const code: SystemCode<PSpinParameters, LandscapeMethod, LandscapeSimulation, TwoTimeSolution> = {
  describe(parameters) {
    const { covariance, temperature, schedule, initialTemperature } = problemOf(parameters);
    return [
      `dx = −η(∇L + z x) dt + η √(2·${temperature}) dW on |x|² = N, E[L L'] = N·Q(x·x'/N)`,
      `Q(q) = ${covariance.label}, η(t) = ${schedule.label}`,
      ...(initialTemperature ? [`x(0) in equilibrium at ${initialTemperature}`] : []),
    ].join("\n");
  },

  async solve(parameters, method, options) {
    const problem = problemOf(parameters);
    const threshold = thresholdLoss(problem.covariance, 0);
    const watched = { ...problem, lowestLoss: groundStateLoss(problem.covariance) };
    return derive(solveLandscape(watched, method, options), (solution) =>
      withDerived(withIntegratedResponse(solution, problem), problem, threshold),
    );
  },

  async simulate(parameters, simulation, report, options) {
    const problem = problemOf(parameters);
    const threshold = thresholdLoss(problem.covariance, 0);
    const request = reported(simulation, report);
    const add = (ensemble: Ensemble) => {
      const edged = withHessianEdge(problem.covariance, ensemble);
      return threshold === undefined ? edged : withSampledExcess(edged, threshold);
    };
    return derive(simulateSphericalLandscape(problem, request, derivedOptions(options, add)), add);
  },

  predictionNotes: temperatureNote,

  predict(parameters) {
    const covariance = covarianceOf(parameters);
    const { temperature } = parameters;
    const hasField = covariance.first(0) > 0;
    const gamma = parameters.relaxationExponent ?? relaxationExponent(covariance);
    return {
      thresholdLoss: thresholdLoss(covariance, temperature) ?? UNDEFINED,
      thresholdMultiplier: hasField ? UNDEFINED : thresholdMultiplier(covariance, temperature),
      thresholdLossZero: thresholdLoss(covariance, 0) ?? UNDEFINED,
      groundStateLoss: groundStateLoss(covariance),
      plateau: plateau(covariance, temperature) ?? UNDEFINED,
      dynamicTemperature: hasField ? UNDEFINED : dynamicTemperature(covariance),
      ergodicityTemperature: hasField ? UNDEFINED : ergodicityTemperature(covariance),
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

/** Adds the edge of the Hessian and, where there is a threshold, the loss above it and its local exponent −d ln excess / d ln t. */
function withDerived(
  solution: LeveledSolution,
  { covariance, schedule }: TwoTimeProblem,
  threshold: number | undefined,
): TwoTimeSolution {
  const ends = smoothEnds(solution.time, schedule.kinks);
  const sample = (times: ArrayLike<number>): Trajectory => {
    const base = withHessianEdge(covariance, solution.sample(times));
    if (threshold === undefined) return base;
    const excessLoss = base.series.loss.map((value) => value - threshold);
    const exponent = solution.derived(base.time, (level, at) => lossExponents(level, at, threshold, ends));
    return {
      time: base.time,
      series: { ...base.series, excessLoss, lossExponent: exponent.value },
      ...(base.error &&
        exponent.error && {
          error: { ...base.error, excessLoss: base.error.loss, lossExponent: exponent.error },
        }),
    };
  };
  return { ...solution, ...sample(solution.time), sample };
}
