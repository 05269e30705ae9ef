import { InvalidParameterError } from "../../core/errors";
import type { Predictions, Solution, TwoTimeSolution } from "../../core/results";
import { groundStateLoss, outlierOf } from "../../models/spherical-sk/outlier";
import { bulkOf, checkSphericalSk } from "../../models/spherical-sk/problem";
import { createSchedule, type Schedule } from "../../schedule";
import { type SphericalSkDynamics, simulateSphericalSk } from "../../simulate/spherical-sk";
import { crossoverClock, crossoverClockLeading, lateExponent, visibleTime } from "../../theory/spherical-sk";
import {
  hessianCrossingTime,
  solveLinearVolterra,
  solveProjectedGradient,
  solveSpectral,
} from "../../volterra/spherical-sk";
import { asParameters, asParametersLater } from "../parts/as-parameters";
import { reported } from "../parts/reported";
import type { SystemCode } from "../system";
import {
  DEFAULT_END,
  type SphericalSkMethod,
  type SphericalSkParameters,
  type SphericalSkSimulationFields,
} from "./parameters";

const undefinedWord = "undefined";

function problemOf(parameters: SphericalSkParameters): SphericalSkDynamics {
  const problem = { ...parameters, schedule: createSchedule(parameters.schedule, "parameters.schedule") };
  asParameters(() => checkSphericalSk(problem));
  return problem;
}

/** The flow has C and R; projected descent has neither. */
type SphericalSkSolution = Solution & Partial<TwoTimeSolution>;

export const code: SystemCode<
  SphericalSkParameters,
  SphericalSkMethod,
  SphericalSkSimulationFields,
  SphericalSkSolution
> = {
  describe(parameters) {
    const { temperature, noise, signal, schedule, dynamics } = problemOf(parameters);
    const matrix = `A = ${noise === 1 ? "" : noise}W${signal === 1 ? " + x*x*ᵀ/N" : ""}`;
    const equation =
      dynamics === "flow"
        ? `dx = −η(∇L + z x) dt + η √(2·${temperature}) dW on |x|² = N`
        : `x ← P(x − η∇L + η √(2·${temperature}) ξ), P onto |x|² = N`;
    return [
      `${equation}, L = −x·A x/2, ${matrix}`,
      `spectrum of the noise: ${bulkOf(parameters).label}; η(t) = ${schedule.label}`,
    ].join("\n");
  },

  solve(parameters, method, options) {
    const problem = problemOf(parameters);
    const until = method.until ?? DEFAULT_END;
    if (problem.dynamics === "projected-gradient") {
      if (method.kind !== "spectral") {
        throw new InvalidParameterError(
          "method.kind",
          method.kind,
          '"spectral" for projected gradient descent',
        );
      }
      return asParametersLater(solveProjectedGradient(problem, { until }, options));
    }
    return asParametersLater(
      method.kind === "spectral"
        ? solveSpectral(problem, { ...method, until }, options)
        : solveLinearVolterra(problem, { ...method, until }, options),
    );
  },

  simulate(parameters, simulation, report, options) {
    const until = simulation.until ?? DEFAULT_END;
    const problem = { ...problemOf(parameters), size: null };
    return asParametersLater(
      simulateSphericalSk(problem, reported({ ...simulation, until }, report), options),
    );
  },

  predict(parameters): Predictions {
    const problem = problemOf(parameters);
    const late = { ...problem, schedule: parameters.schedule };
    const time = (clock: number) => timeAt(problem.schedule, clock);
    const planted = problem.signal === 1;
    const whereSignal = (value: () => number) => (planted ? asParameters(value) : undefinedWord);
    // The closed forms are of a random start at finite N.
    const ofRandomStart = (clock: () => number) =>
      problem.initialOverlap === null ? whereSignal(() => time(clock())) : undefinedWord;
    return {
      groundStateLoss: groundStateLoss(problem),
      ...outlierOf(problem),
      crossoverTimeLeading: ofRandomStart(() => crossoverClockLeading(problem)),
      crossoverTime: ofRandomStart(() => crossoverClock(problem)),
      crossoverTimeHessian: whereSignal(() => hessianCrossingTime(problem)),
      visibleTime: visibleTime(late) ?? undefinedWord,
      lateExponent: lateExponent(late) ?? undefinedWord,
    };
  },
};

/** Infinity for a clock that is never reached. */
function timeAt(schedule: Schedule, clock: number): number {
  return clock >= schedule.totalClock ? Infinity : schedule.time(clock);
}
