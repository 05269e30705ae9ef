import type { TwoTimeProblem } from "../../chsck";
import type { Ensemble, Trajectory, TwoTimeSolution } from "../../core/results";
import type { Covariance } from "../../models/covariance";
import { createSchedule } from "../../schedule";
import { simulateSphericalLandscape } from "../../simulate/landscape";
import { groundStateLoss, thresholdMultiplier } from "../../theory/landscape";
import {
  equilibrium,
  langevinEasyMatrixNoise,
  langevinPhase,
  plateauGrowthRate,
  spikedCovariance,
} from "../../theory/spiked-matrix-tensor";
import { derive, derivedOptions } from "../parts/derive";
import { withHessianEdge } from "../parts/hessian-edge";
import { withIntegratedResponse } from "../parts/integrated-response";
import type { LandscapeMethod, LandscapeSimulation } from "../parts/landscape";
import { reported } from "../parts/reported";
import { solveLandscape } from "../parts/solve-landscape";
import { temperatureNote } from "../parts/temperature-note";
import { UNDEFINED } from "../parts/words";
import type { SystemCode } from "../system";
import { crossingNotes, crossingOf } from "./crossing";
import type { SpikedParameters } from "./parameters";

function problemOf(parameters: SpikedParameters): TwoTimeProblem {
  return {
    covariance: spikedCovariance(parameters),
    temperature: parameters.temperature,
    schedule: createSchedule(parameters.schedule, "parameters.schedule"),
    initialOverlap: parameters.initialOverlap,
  };
}

/** The solvers number the channels by ascending p. */
const CHANNELS: Readonly<Record<string, string>> = { "loss[0]": "matrixLoss", "loss[1]": "tensorLoss" };

const renamed = <T>(series: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(series).map(([name, values]) => [CHANNELS[name] ?? name, values]));

export const code: SystemCode<SpikedParameters, LandscapeMethod, LandscapeSimulation, TwoTimeSolution> = {
  describe(parameters) {
    const { covariance, temperature, schedule } = problemOf(parameters);
    return [
      `dx = −η(∇L + z x) dt + η √(2·${temperature}) dW on |x|² = N, L Gaussian with covariance N·Q(x·x'/N), mean −N·Q(m)`,
      `Q(q) = ${covariance.label}, m(0) = ${parameters.initialOverlap}, η(t) = ${schedule.label}`,
    ].join("\n");
  },

  async solve(parameters, method, options) {
    const problem = problemOf(parameters);
    // No state is below the ground state of the noise with the whole of the signal's part, −Q(m) at m = 1.
    const lowestLoss = groundStateLoss(problem.covariance) - problem.covariance.value(1);
    return derive(solveLandscape({ ...problem, lowestLoss }, method, options), (solution) =>
      withDerived(withIntegratedResponse(solution, problem), problem.covariance, method.until),
    );
  },

  simulate(parameters, simulation, report, options) {
    const request = reported(simulation, report);
    const problem = problemOf(parameters);
    const add = (ensemble: Ensemble) => {
      const edged = withHessianEdge(problem.covariance, ensemble);
      return {
        ...edged,
        series: renamed(edged.series),
        standardError: renamed(edged.standardError),
        curves: edged.curves && renamed(edged.curves),
      };
    };
    return derive(simulateSphericalLandscape(problem, request, derivedOptions(options, add)), add);
  },

  predictionNotes: temperatureNote,

  predict(parameters) {
    const { temperature } = parameters;
    const covariance = spikedCovariance(parameters);
    const state = equilibrium(covariance, temperature);
    const easy = langevinEasyMatrixNoise(parameters);
    return {
      equilibriumOverlap: state.overlap,
      equilibriumSelfOverlap: state.selfOverlap,
      equilibriumLoss: state.loss,
      equilibriumMatrixLoss: state.channelLosses[0],
      equilibriumTensorLoss: state.channelLosses[1],
      thresholdMultiplier: thresholdMultiplier(covariance, temperature),
      langevinEasyMatrixNoise: easy.length > 0 ? easy : UNDEFINED,
      plateauGrowthRate: plateauGrowthRate(covariance, temperature),
      phase: langevinPhase(parameters, temperature),
    };
  },
};

/** Names the losses of the channels; adds the edge of the Hessian and, to a run that came to its end, the time of the crossing. */
function withDerived(solution: TwoTimeSolution, covariance: Covariance, until: number): TwoTimeSolution {
  const sample = (times: ArrayLike<number>): Trajectory => {
    const { time, series, error } = withHessianEdge(covariance, solution.sample(times));
    return { time, series: renamed(series), ...(error && { error: renamed(error) }) };
  };
  const whole = { ...solution, ...sample(solution.time), sample };
  // A run that was stopped has no last value.
  if (solution.time[solution.time.length - 1] < until) return whole;
  const notes = [...(solution.notes ?? []), ...crossingNotes(solution)];
  return { ...whole, notes, summary: { crossingTime: crossingOf(solution) } };
}
