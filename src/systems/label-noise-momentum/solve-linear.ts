import type { Options } from "../../core/options";
import type { Solution } from "../../core/results";
import { type Curvature, matrixToModes } from "../../models/label-noise-momentum/curvature";
import {
  startCurvature,
  startOf,
  theoryDescentOf,
  theoryStart,
} from "../../models/label-noise-momentum/descent";
import type { NoisyDescent } from "../../models/label-noise-momentum/loss";
import type { MomentumProblem } from "../../models/label-noise-momentum/problem";
import { relaxedWeight, transientModeCovariance } from "../../theory/label-noise-momentum";
import { asParameters, asParametersLater } from "../parts/as-parameters";
import type { LinearMethod } from "./parameters";

/** One mode of the linearised descent. */
interface Mode {
  readonly curvature: number;
  /** ε²Σ_ii. */
  readonly variance: number;
  /** Distance from the minimum at the start. */
  readonly distance: number;
}

/**
 * The linearised descent: means and variances of the modes, exact for the quadratic model, and about a start on the manifold
 * for the others. Values are at whole steps, linear between them.
 */
export async function solveLinear(
  problem: MomentumProblem,
  { until }: LinearMethod,
  options: Options = {},
): Promise<Solution> {
  const weights = theoryStart(problem, await asParametersLater(startOf(problem, options)));
  const { modes, rest, bends } = asParameters(() => modesOf(problem, weights));
  const isExact = problem.model.kind === "quadratic";
  const trace = modes.reduce((sum, { curvature }) => sum + curvature, 0);
  /** Mean square of the weight of a mode. */
  const squareAt = (mode: Mode, step: number) =>
    meanOf(problem, mode, step) ** 2 +
    transientModeCovariance(problem, mode.curvature, mode.variance, step).ww;
  const radiusAt = (step: number) => modes.reduce((sum, mode) => sum + squareAt(mode, step), rest);
  const lossAt = (step: number) =>
    modes.reduce((sum, mode) => sum + 0.5 * mode.curvature * squareAt(mode, step), 0);
  const traceAt = (step: number) =>
    modes.reduce((sum, mode, i) => sum + (bends ? bends[i] * squareAt(mode, step) : 0), trace);
  const sample = (times: ArrayLike<number>) => {
    const time = Float64Array.from(times);
    const along = (value: (step: number) => number) =>
      time.map((t) => {
        const step = Math.floor(t);
        const share = t - step;
        return share === 0 ? value(step) : (1 - share) * value(step) + share * value(step + 1);
      });
    const radius = along(radiusAt);
    const series = {
      radius,
      loss: along(lossAt),
      hessianTrace: along(traceAt),
    };
    if (!isExact || modes.length > MOST_POSITIONS) return { time, series };
    const positions = modes.map((mode, i) => [
      `position[${i}]`,
      along((step) => meanOf(problem, mode, step)),
    ]);
    return { time, series: { ...series, ...Object.fromEntries(positions) } };
  };
  const notes = isExact
    ? ["exact for independent modes but for rounding, of which no error is known"]
    : ["linearised about the start: it knows no drift along the manifold, and no error is known"];
  return { ...sample([0, until]), sample, notes: [...notes, "it knows no mean of ln radius"] };
}

/** Weights are reported one by one up to so many. */
const MOST_POSITIONS = 8;

/** The mean weight of a mode. */
const meanOf = (problem: MomentumProblem, { curvature, distance }: Mode, step: number): number =>
  distance === 0 ? 0 : distance * relaxedWeight(problem, curvature, step);

/**
 * Tr H of every mode as weights: where residuals are of second degree without own squares, Tr H is a quadratic form of the
 * weights, so that its mean grows by that of a mode times its variance. Undefined for networks with an activation.
 */
function bendsOf(
  { model }: MomentumProblem,
  { loss, noise, labelNoise }: NoisyDescent,
  curvature: Curvature,
) {
  if ("activation" in model && model.activation !== "linear") return undefined;
  const { size, vectors } = curvature;
  const matrix = new Float64Array(size * size);
  return Array.from({ length: size }, (_, i) => {
    const mode = Float64Array.from({ length: size }, (_, j) => vectors[j * size + i]);
    if (labelNoise) noise.covariance(mode, matrix);
    else loss.hessian(mode, matrix);
    const trace = mode.reduce((sum, _, j) => sum + matrix[j * (size + 1)], 0);
    return labelNoise ? trace / labelNoise : trace;
  });
}

function modesOf(problem: MomentumProblem, weights: Float64Array) {
  const { model, noise } = problem;
  if (model.kind === "quadratic") {
    const size = model.curvatures.length;
    const modes = model.curvatures.map(
      (curvature, i): Mode => ({
        curvature,
        variance: noise ** 2 * model.noiseCovariance[i * (size + 1)],
        distance: weights[i],
      }),
    );
    return { modes, rest: 0, bends: undefined };
  }
  const descent = theoryDescentOf(problem);
  const { loss, noise: gradientNoise } = descent;
  const curvature = startCurvature(problem, weights);
  const sigma = new Float64Array(loss.size ** 2);
  gradientNoise.covariance(weights, sigma);
  const inModes = matrixToModes(curvature, sigma);
  const modes = Array.from(
    curvature.values,
    (value, i): Mode => ({
      curvature: value,
      variance: noise ** 2 * Math.max(0, inModes[i * (loss.size + 1)]),
      distance: 0,
    }),
  );
  return {
    modes,
    rest: weights.reduce((sum, x) => sum + x * x, 0),
    bends: bendsOf(problem, descent, curvature),
  };
}
