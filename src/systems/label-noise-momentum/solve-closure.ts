import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Solution } from "../../core/results";
import {
  isReducible,
  startOf,
  theoryDescentOf,
  theoryStart,
} from "../../models/label-noise-momentum/descent";
import { firstPassageLevel, type MomentumProblem } from "../../models/label-noise-momentum/problem";
import { solveMeanField, solveMomentClosure } from "../../sde/label-noise-momentum";
import { asParametersLater } from "../parts/as-parameters";
import type { ClosureMethodFields } from "./parameters";

/** The closures of the moments. */
export const solveClosure = (
  problem: MomentumProblem,
  method: ClosureMethodFields,
  options: Options = {},
): Promise<Solution> =>
  method.closure === "mean-field" ? meanField(problem, method, options) : gaussian(problem, method, options);

async function gaussian(
  problem: MomentumProblem,
  { until }: ClosureMethodFields,
  options: Options,
): Promise<Solution> {
  const weights = await asParametersLater(startOf(problem, options));
  const level = firstPassageLevel(problem);
  const descent = theoryDescentOf(problem);
  const path = await asParametersLater(
    solveMomentClosure(descent, theoryStart(problem, weights), problem, { until, level }, options),
  );
  const { time, radius, hessianTrace, weights: means = [] } = path;
  // The two coordinates of reduced vector UV are no weights.
  const positions = isReducible(problem)
    ? []
    : Array.from(means[0] ?? [], (_, i) => means.map((mean) => mean[i]));
  const sample = (times: ArrayLike<number>) => {
    const at = Float64Array.from(times);
    return {
      time: at,
      series: {
        radius: at.map((t) => between(time, radius, t)),
        ...(hessianTrace && { hessianTrace: at.map((t) => between(time, hessianTrace, t)) }),
        ...Object.fromEntries(
          positions.map((values, i) => [`position[${i}]`, at.map((t) => between(time, values, t))]),
        ),
      },
    };
  };
  return {
    ...sample(time),
    sample,
    notes: [
      "a Gaussian closure, exact only in the limit of weak noise: no error is known; it knows no mean of ln radius",
      ...(path.isCut ? [cut(time, "the weights fluctuate by more than their mean")] : []),
      ...(level > 0 && path.passage === Infinity ? [notPassed(time)] : []),
    ],
    ...(level > 0 && { events: { firstPassageTime: Float64Array.of(path.passage) } }),
  };
}

async function meanField(
  problem: MomentumProblem,
  { until }: ClosureMethodFields,
  options: Options,
): Promise<Solution> {
  const { model } = problem;
  if (model.kind !== "uv" || !isReducible(problem)) {
    const allowed = '"gaussian": the mean field is that of model "uv" without activation';
    throw new InvalidParameterError("method.closure", "mean-field", allowed);
  }
  const weights = await asParametersLater(startOf(problem, options));
  const level = firstPassageLevel(problem);
  const path = await asParametersLater(solveMeanField(model, weights, problem, { until, level }, options));
  const trace = model.inputVariance / model.n;
  const sample = (times: ArrayLike<number>) => {
    const at = Float64Array.from(times);
    const radius = at.map((t) => between(path.time, path.radius, t));
    return { time: at, series: { radius, hessianTrace: radius.map((x) => trace * x) } };
  };
  return {
    ...sample(path.time),
    sample,
    notes: [
      "a mean field in continuous time, exact only for weak noise and small 1 − β: no error is known; it knows no mean of ln radius",
      ...(path.isCut ? [cut(path.time, "|p| and |q| fluctuate too far apart")] : []),
      ...(path.passage === Infinity ? [notPassed(path.time)] : []),
    ],
    events: { firstPassageTime: Float64Array.of(path.passage) },
  };
}

const notPassed = (time: Float64Array) => `no first passage by step ${time[time.length - 1]}`;

const cut = (time: Float64Array, why: string) =>
  `the closure holds up to step ${time[time.length - 1]}: there ${why}, and it is undefined beyond`;

/** Linear between nodes; NaN beyond the last. */
function between(time: Float64Array, values: ArrayLike<number>, t: number): number {
  const last = time.length - 1;
  if (t > time[last]) return NaN;
  if (last === 0) return values[0];
  const k = Math.min(last - 1, Math.floor(t / time[1]));
  const share = (t - time[k]) / (time[k + 1] - time[k]);
  return (1 - share) * values[k] + share * values[k + 1];
}
