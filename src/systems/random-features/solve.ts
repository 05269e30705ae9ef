import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Solution } from "../../core/results";
import { createModes, type Modes } from "../../models/random-features";
import { createSchedule } from "../../schedule";
import {
  type ContinuousCurve,
  type ExcessCurve,
  solveContinuous,
  solveMomentum,
  solveRecursion,
} from "../../volterra/random-features";
import { derive, withoutPartial } from "../parts/derive";
import type { FeaturesParameters, RecursionMethod, VolterraMethod } from "./parameters";
import { featuresOf, modesOf, type Run, runOf } from "./problem";

/** Ratios of the bins, and of those that tell their error. */
const BINS = 1.05;
const COARSE_BINS = 1.1;

/** The exact recursion; where there are bins, once more with bins twice as wide. */
export async function solveExactly(
  parameters: FeaturesParameters,
  { exactModes: exact }: RecursionMethod,
  options: Options = {},
): Promise<Solution> {
  const modes = modesOf(parameters, { exact, ratio: BINS });
  const run = runOf(parameters, modes);
  const follow = (which: Modes) => {
    const { steps, momentum } = run;
    return momentum
      ? solveMomentum(which, momentum, steps.batch, options)
      : solveRecursion(which, steps, options);
  };
  const isBinned = parameters.projection === "top" && parameters.features > exact;
  const coarse = isBinned
    ? await follow(createModes(featuresOf(parameters), { exact, ratio: COARSE_BINS })).catch(withoutPartial)
    : undefined;
  return derive(follow(modes), (curve: ExcessCurve) => stepSolution(modes, run, curve, coarse));
}

/** Rounding of the sums over modes and steps. */
const ROUNDING = 1e-13;

function stepSolution({ floor }: Modes, run: Run, { excess }: ExcessCurve, coarse?: ExcessCurve): Solution {
  const last = excess.length - 1;
  const sample = (times: ArrayLike<number>) => {
    const at = Float64Array.from(times, (t) => excess[Math.min(last, Math.round(t))]);
    // The error of bins falls with the fourth power of their width: the difference is ten times it or more.
    const error = Float64Array.from(times, (t, k) => {
      const step = Math.min(last, Math.round(t));
      return ROUNDING * (floor + at[k]) + (coarse ? Math.abs(coarse.excess[step] - at[k]) : 0);
    });
    return {
      time: Float64Array.from(times),
      series: { loss: at.map((value) => floor + value), excessLoss: at },
      error: { loss: error, excessLoss: error },
    };
  };
  const time = Float64Array.from({ length: excess.length }, (_, t) => t);
  return {
    time,
    series: { loss: excess.map((value) => floor + value), excessLoss: excess },
    sample,
    notes: [
      "exact for Gaussian features; values are those of the nearest step",
      ...(coarse ? ["the error is that of putting modes into bins"] : []),
      ...(run.momentum && excess[last] > excess[0]
        ? ["the loss ends above where it began: the rates are too large for this momentum"]
        : []),
      ...run.notes,
    ],
  };
}

/** The continuous flow; its rates are those of small steps at a constant batch without momentum. */
export async function solveFlow(
  parameters: FeaturesParameters,
  { tolerance }: VolterraMethod,
  options: Options = {},
): Promise<Solution> {
  const { batchSize, momentum, horizon } = parameters;
  if (typeof batchSize !== "number") {
    throw new InvalidParameterError("parameters.batchSize", batchSize, 'a number with the method "volterra"');
  }
  if (momentum) {
    throw new InvalidParameterError("parameters.momentum", momentum, 'null with the method "volterra"');
  }
  const modes = modesOf(parameters);
  const { notes } = runOf(parameters, modes);
  const work = solveContinuous(
    modes,
    createSchedule(parameters.schedule, "parameters.schedule"),
    batchSize,
    { until: horizon, tolerance },
    options,
  );
  return derive(work, (curve) => flowSolution(modes, curve, notes));
}

function flowSolution({ floor }: Modes, curve: ContinuousCurve, notes: readonly string[]): Solution {
  const sample = (times: ArrayLike<number>) => {
    const found = Array.from(times, (t) => curve.at(t));
    const excessLoss = Float64Array.from(found, ({ value }) => value);
    const error = Float64Array.from(found, (one) => one.error);
    return {
      time: Float64Array.from(times),
      series: { loss: excessLoss.map((value) => floor + value), excessLoss },
      error: { loss: error, excessLoss: error },
    };
  };
  return {
    ...sample(curve.nodes),
    sample,
    notes: ["the continuous flow, the limit of small rates: not the discrete steps of SGD", ...notes],
  };
}
