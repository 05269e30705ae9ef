import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Solution } from "../../core/results";
import { type Curvature, matrixToModes } from "../../models/label-noise-momentum/curvature";
import {
  isReducible,
  startCurvature,
  startOf,
  theoryDescentOf,
  theoryStart,
} from "../../models/label-noise-momentum/descent";
import type { NoisyDescent } from "../../models/label-noise-momentum/loss";
import { curvatureAt } from "../../models/label-noise-momentum/manifold";
import { theoryTestError } from "../../models/label-noise-momentum/measure";
import { firstPassageLevel, type MomentumProblem } from "../../models/label-noise-momentum/problem";
import {
  type ManifoldPath,
  solveManifoldDiffusion,
  solveManifoldDrift,
} from "../../sde/label-noise-momentum";
import { stationaryModeCovariance } from "../../theory/label-noise-momentum";
import { asParameters, asParametersLater } from "../parts/as-parameters";
import { derive } from "../parts/derive";
import type { DiffusionMethodFields, DriftMethodFields } from "./parameters";

/** The drift along the manifold, with the difference of the paths of two step lengths as its error. */
export async function solveDrift(
  problem: MomentumProblem,
  { operator, until }: DriftMethodFields,
  options: Options = {},
): Promise<Solution> {
  const { descent, start, curvature } = await onManifold(problem, options);
  if (actsAlong(problem, descent, start, curvature)) {
    throw new InvalidParameterError(
      "method.kind",
      "drift",
      '"diffusion": this noise acts along the manifold, too, and the path is not deterministic',
    );
  }
  const { model } = problem;
  if (model.kind === "mlp" && model.activation === "relu") {
    const allowed =
      '"tanh" or "linear" for this method: along the manifold ReLU units pass their kinks, where the drift jumps';
    throw new InvalidParameterError("parameters.activation", model.activation, allowed);
  }
  const work = asParametersLater(solveManifoldDrift(descent, start, problem, { operator, until }, options));
  return derive(work, (path) => driftSolution(problem, path));
}

/** Whether noise acts between the zero modes, so that the weights diffuse along the manifold. */
function actsAlong(
  { noise: strength, model }: MomentumProblem,
  { labelNoise, noise }: NoisyDescent,
  start: Float64Array,
  curvature: Curvature,
): boolean {
  if (labelNoise !== undefined || strength === 0) return false;
  if (model.kind === "valley") return true;
  const { size, rank } = curvature;
  const sigma = new Float64Array(size * size);
  noise.covariance(start, sigma);
  const modes = matrixToModes(curvature, sigma);
  return Array.from({ length: size - rank }, (_, i) => modes[i * (size + 1)]).some(
    (variance) => variance > 0,
  );
}

function driftSolution(problem: MomentumProblem, path: ManifoldPath): Solution {
  const measure = measures(problem);
  const names = Object.keys(measure);
  const sample = (times: ArrayLike<number>) => {
    const time = Float64Array.from(times);
    const curves = (one: ManifoldPath) => {
      const points = Array.from(time, (t) => one.at(t));
      return Object.fromEntries(names.map((name) => [name, Float64Array.from(points, measure[name])]));
    };
    const series = curves(path);
    if (!path.coarse) return { time, series };
    const coarse = curves(path.coarse);
    const error = Object.fromEntries(names.map((name) => [name, distances(series[name], coarse[name])]));
    return { time, series, error };
  };
  const level = firstPassageLevel(problem);
  const passage = level > 0 ? passages(path, level) : {};
  const late = passage.events?.firstPassageTime[0] === Infinity;
  return {
    ...sample(path.time),
    sample,
    notes: [...fluctuationNotes(problem, names), ...(late ? [notPassed(path)] : [])],
    ...(names.includes("testError") && problem.noise > 0 && { untested: ["testError"] }),
    ...passage,
  };
}

const fluctuationNotes = ({ noise }: MomentumProblem, names: readonly string[]): string[] =>
  names.includes("testError") && noise > 0
    ? [
        "testError is that of the point on the manifold: a simulation adds fluctuations of order ε², so that it is not compared",
      ]
    : [];

const notPassed = ({ time }: ManifoldPath) => `no first passage by step ${time[time.length - 1]}`;

/** The first passage, with the difference of the two paths as its error. */
function passages(path: ManifoldPath, level: number): Pick<Solution, "events" | "eventError"> {
  const time = passageOf(path, level);
  const events = { firstPassageTime: Float64Array.of(time) };
  if (!path.coarse || time === Infinity) return { events };
  const error = Math.abs(time - passageOf(path.coarse, level));
  return { events, ...(error < Infinity && { eventError: { firstPassageTime: error } }) };
}

/** 0 where both are the same, infinite or not. */
const distances = (a: Float64Array, b: Float64Array) =>
  a.map((x, k) => (x === b[k] ? 0 : Math.abs(x - b[k])));

/** First step with a radius below the level, by bisection between nodes. */
function passageOf(path: ManifoldPath, level: number): number {
  const node = path.weights.findIndex((w) => squareOf(w) < level);
  if (node <= 0) return node === 0 ? 0 : Infinity;
  let [low, high] = [Math.floor(path.time[node - 1]), Math.ceil(path.time[node])];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (squareOf(path.at(Math.min(middle, path.time[path.time.length - 1]))) < level) high = middle;
    else low = middle;
  }
  return high;
}

/** Paths of the drift-diffusion. */
export async function solveDiffusion(
  problem: MomentumProblem,
  method: DiffusionMethodFields,
  options: Options = {},
): Promise<Solution> {
  const { start } = await onManifold(problem, options);
  const level = firstPassageLevel(problem);
  const work = asParametersLater(
    solveManifoldDiffusion(problem, start, problem, { ...method, level }, options),
  );
  return derive(work, ({ mean, passages }) => {
    // The two coordinates of reduced vector UV are no weights.
    const reported = (values: Readonly<Record<string, Float64Array>>) =>
      isReducible(problem)
        ? Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith("position")))
        : values;
    const sample = (times: ArrayLike<number>) => {
      const { series, standardError } = mean.sample(times);
      const time = Float64Array.from(times);
      return { time, series: reported(series), standardError: reported(standardError) };
    };
    return {
      ...sample(mean.time),
      sample,
      samples: passages.length,
      notes: [`mean over ${passages.length} paths of weak order 1: no numerical error is known`],
      ...(level > 0 && { events: { firstPassageTime: passages } }),
    };
  });
}

/** Descent and start of the theories that need a start on the manifold. */
async function onManifold(problem: MomentumProblem, options: Options) {
  const weights = await asParametersLater(startOf(problem, options));
  const descent = theoryDescentOf(problem);
  const start = theoryStart(problem, weights);
  const curvature = asParameters(() => startCurvature(problem, start));
  return { descent, start, curvature };
}

/** Weights are reported one by one up to so many. */
const MOST_POSITIONS = 8;

const positions = (size: number): Record<string, (w: Float64Array) => number> =>
  Object.fromEntries(Array.from({ length: size }, (_, i) => [`position[${i}]`, (w: Float64Array) => w[i]]));

/** What is reported of weights in the coordinates of the theories. */
function measures(problem: MomentumProblem): Record<string, (w: Float64Array) => number> {
  const descent = theoryDescentOf(problem);
  const { loss } = descent;
  const testError = theoryTestError(problem);
  return {
    radius: squareOf,
    logRadius: (w) => Math.log(squareOf(w)),
    loss: fluctuationLoss(problem, descent),
    hessianTrace: (w) => curvatureAt(loss, w).values.reduce((sum, x) => sum + x, 0),
    ...(testError && { testError }),
    ...(loss.size <= MOST_POSITIONS && !isReducible(problem) && positions(loss.size)),
  };
}

/**
 * The loss of the stationary fluctuations about a point of the manifold, to order ε²: ½ Σ λ_i ⟨w_i w_i⟩ with (LN10), as in
 * equation (LN36).
 */
function fluctuationLoss(
  problem: MomentumProblem,
  { loss, noise }: NoisyDescent,
): (w: Float64Array) => number {
  const sigma = new Float64Array(loss.size ** 2);
  return (w) => {
    const curvature = curvatureAt(loss, w);
    noise.covariance(w, sigma);
    const modes = matrixToModes(curvature, sigma);
    return curvature.values.reduce((sum, value, i) => {
      if (!(value > 0)) return sum;
      const variance = problem.noise ** 2 * Math.max(0, modes[i * (loss.size + 1)]);
      return sum + 0.5 * value * stationaryModeCovariance(problem, value, variance).ww; // (LN36)
    }, 0);
  };
}

const squareOf = (w: Float64Array) => w.reduce((sum, x) => sum + x * x, 0);
