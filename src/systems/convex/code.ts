import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Solution, Trajectory } from "../../core/results";
import { type ConvexBasin, checkBasin } from "../../models/convex/basin";
import { scheduleFrom } from "../../schedule";
import { type ConvexSdeMethod, solveConvexSde } from "../../sde/convex";
import type { MeanPath } from "../../sde/mean-path";
import { simulateConvex } from "../../simulate/convex";
import { convexLateExponent, convexLoss } from "../../theory/convex";
import { asParameters, asParametersLater } from "../parts/as-parameters";
import { derive } from "../parts/derive";
import { reported } from "../parts/reported";
import type { SystemCode } from "../system";
import type { ConvexMethod, ConvexParameters, ConvexSimulationFields } from "./parameters";

function basinOf({ schedule, ...parameters }: ConvexParameters): ConvexBasin {
  return asParameters(() => {
    const basin = { ...parameters, schedule: scheduleFrom(schedule, parameters.startTime) };
    checkBasin(basin);
    return basin;
  });
}

export const code: SystemCode<ConvexParameters, ConvexMethod, ConvexSimulationFields> = {
  describe(parameters) {
    const { curvature, temperature, initialPosition, startTime, schedule } = basinOf(parameters);
    return [
      `dx = −η ${curvature} x dt + η √(2·${temperature}) dW from x = ${initialPosition} at t = ${startTime}`,
      `η = ${schedule.label}${startTime > 0 ? `, t counted from ${startTime}` : ""}`,
    ].join("\n");
  },

  async solve(parameters, method, options) {
    const basin = basinOf(parameters);
    return method.kind === "exact" ? exactSolution(basin) : paths(basin, method, options);
  },

  simulate(parameters, simulation, report, options) {
    return asParametersLater(simulateConvex(basinOf(parameters), reported(simulation, report), options));
  },

  predict: ({ curvature, temperature, schedule }) => ({
    lateExponent: convexLateExponent(curvature, temperature, schedule) ?? "undefined",
  }),
};

/** The closed form, at any time. */
function exactSolution(basin: ConvexBasin): Solution {
  const sample = (times: ArrayLike<number>): Trajectory => {
    const time = Float64Array.from(times);
    const all = Array.from(time, (t) => convexLoss(basin, t));
    const series = {
      loss: Float64Array.from(all, ({ optimisation, noise }) => optimisation + noise),
      optimisationLoss: Float64Array.from(all, ({ optimisation }) => optimisation),
      noiseLoss: Float64Array.from(all, ({ noise }) => noise),
    };
    const error = {
      loss: Float64Array.from(all, ({ optimisationError, noiseError }) => optimisationError + noiseError),
      optimisationLoss: Float64Array.from(all, ({ optimisationError }) => optimisationError),
      noiseLoss: Float64Array.from(all, ({ noiseError }) => noiseError),
    };
    return { time, series, error };
  };
  return { ...sample([basin.startTime]), sample, notes: [] };
}

/** Langevin paths; absolute times, before the start those of the start. */
function paths(basin: ConvexBasin, method: ConvexSdeMethod, options?: Options): Promise<Solution> {
  return derive(asParametersLater(solveConvexSde(basin, method, options)), (mean: MeanPath): Solution => {
    const sample = (times: ArrayLike<number>): Trajectory => {
      const time = Float64Array.from(times);
      for (const t of time) {
        if (t >= 0 && t <= method.until * (1 + 1e-12)) continue;
        throw new InvalidParameterError("times", t, `times from 0 to ${method.until}, where the run ends`);
      }
      return { time, ...mean.sample(time.map((t) => Math.max(0, t - basin.startTime))) };
    };
    const notes = [
      `mean over ${mean.samples} paths; the error of a step is of second order in it, and not estimated: repeat with half the step`,
    ];
    return { ...sample(mean.time.map((t) => t + basin.startTime)), sample, samples: mean.samples, notes };
  });
}
