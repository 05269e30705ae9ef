import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import { type Bilinear, bilinearModel, createBilinearGradient } from "./bilinear";
import type { Curvature } from "./curvature";
import {
  identityStart,
  matrixUvBilinear,
  normalStart,
  pairedStart,
  sensingBilinear,
  uvBilinear,
  uvInputs,
  uvReduced,
  uvStart,
} from "./data";
import { requireStable } from "./heavy-ball";
import { interpolatingWeights } from "./interpolation";
import { constantNoise, type GradientNoise, type NoisyDescent } from "./loss";
import {
  checkPoint,
  curvatureAt,
  largestCurvature,
  limitMap,
  manifoldCurvature,
  projectOnManifold,
  requireNoLoss,
} from "./manifold";
import { networkOf } from "./network";
import { checkProblem, type MomentumProblem } from "./problem";
import { labelNoiseDescent, leastSquaresLoss } from "./residuals";
import { type TwoLayerNetwork, twoLayerModel } from "./two-layer";
import { quadraticLoss, valleyModel, valleyStart } from "./valley";

/** Whether the two-coordinate reduction of vector UV holds: no activation. */
export const isReducible = ({ model }: MomentumProblem): boolean =>
  model.kind === "uv" && model.activation === "linear";

/** The bilinear form of a model that has one. */
export function bilinearOf({ model, dataSeed }: MomentumProblem): Bilinear | undefined {
  if (model.kind === "uv") return model.activation === "linear" ? uvBilinear(model, dataSeed) : undefined;
  if (model.kind === "matrix-uv") return matrixUvBilinear(model, dataSeed);
  return model.kind === "matrix-sensing" ? sensingBilinear(model, dataSeed) : undefined;
}

/** The two-layer network of a model that is one and has no bilinear form. */
export function networkOfProblem({ model, dataSeed }: MomentumProblem): TwoLayerNetwork | undefined {
  if (model.kind === "mlp") return networkOf(model, dataSeed);
  if (model.kind !== "uv" || model.activation === "linear") return undefined;
  const inputs = uvInputs(model, dataSeed);
  const { n: width, activation } = model;
  return { width, dimension: 1, activation, inputs, targets: new Float64Array(inputs.length) };
}

/** Loss and noise of a problem, with all its weights. @throws InvalidParameterError */
export function descentOf(problem: MomentumProblem): NoisyDescent {
  checkProblem(problem);
  const { model } = problem;
  const bilinear = bilinearOf(problem);
  if (bilinear) return bilinearDescent(bilinear);
  const network = networkOfProblem(problem);
  if (network) return labelNoiseDescent(twoLayerModel(network));
  if (model.kind === "quadratic") {
    return {
      loss: quadraticLoss(model.curvatures),
      noise: constantNoise(model.noiseCovariance),
    };
  }
  if (model.kind === "valley") return valleyDescent(model.dimension, model.noiseCovariance);
  throw new InvalidParameterError("model", model.kind, "a model with a loss");
}

/** With the fast gradient, which has room for large models. */
function bilinearDescent(bilinear: Bilinear): NoisyDescent {
  const { loss, ...rest } = labelNoiseDescent(bilinearModel(bilinear));
  const gradient = createBilinearGradient(bilinear);
  return { ...rest, loss: { ...loss, gradient: (w, out) => gradient(w, undefined, out) } };
}

function valleyDescent(
  dimension: 2 | 3,
  covariance: readonly number[] | { readonly hessian: number },
): NoisyDescent {
  const model = valleyModel(dimension);
  if (!("hessian" in covariance)) {
    return { loss: leastSquaresLoss(model), noise: constantNoise(covariance) };
  }
  const { loss, noise } = labelNoiseDescent(model);
  return { loss, noise: scaledNoise(noise, covariance.hessian), labelNoise: covariance.hessian };
}

function scaledNoise(noise: GradientNoise, factor: number): GradientNoise {
  const scaled = (out: Float64Array) => {
    for (let i = 0; i < out.length; i++) out[i] *= factor;
  };
  return {
    covariance(w, out) {
      noise.covariance(w, out);
      scaled(out);
    },
    meanCovariance(w, C, out) {
      noise.meanCovariance(w, C, out);
      scaled(out);
    },
  };
}

/**
 * The start of a problem, all its weights, on the manifold or not; π = 0.
 * @throws InvalidParameterError for a learning rate beyond the stability of the start; ConvergenceError and InterruptedError from the descent to the manifold.
 */
export async function startOf(problem: MomentumProblem, options: Options = {}): Promise<Float64Array> {
  const { loss } = descentOf(problem);
  const start = await unchecked(problem, options);
  requireStable(problem, largestCurvature(loss, start));
  return start;
}

async function unchecked(problem: MomentumProblem, options: Options): Promise<Float64Array> {
  const { start, model, dataSeed, projectStart } = problem;
  const { loss } = descentOf(problem);
  if (start !== "manifold" && start !== "off") {
    const weights = Float64Array.from(start);
    checkPoint(loss, weights);
    return projectStart ? settled(problem, weights, options) : weights;
  }
  if (start === "off") {
    const off = offStart(problem, loss.size);
    return projectStart ? settled(problem, off, options) : off;
  }
  switch (model.kind) {
    case "uv":
      return isReducible(problem) ? uvStart(model.n, dataSeed, true) : pairedStart(model.n, dataSeed);
    case "quadratic":
      return new Float64Array(loss.size);
    case "valley":
      return valleyStart(model.dimension);
    case "matrix-uv":
    case "matrix-sensing":
      return settled(problem, offStart(problem, loss.size), options);
    case "mlp":
      if (model.samples >= loss.size) {
        const allowed = `below ${loss.size}, the number of weights, so that there is a manifold of zero loss`;
        throw new InvalidParameterError("samples", model.samples, allowed);
      }
      return interpolatingWeights(twoLayerModel(networkOf(model, dataSeed)), offStart(problem, loss.size));
  }
}

/** Where the paper starts: normals, U = V = I in matrix sensing; 1 in every mode, and beside the valleys. */
function offStart({ model, dataSeed }: MomentumProblem, size: number): Float64Array {
  switch (model.kind) {
    case "uv":
      return uvStart(model.n, dataSeed, false);
    case "matrix-uv":
    case "mlp":
      return normalStart(size, dataSeed);
    case "matrix-sensing":
      return identityStart(model.d);
    case "quadratic":
      return new Float64Array(size).fill(1);
    case "valley":
      return Float64Array.from({ length: size }, (_, i) => 1 + i);
  }
}

/** Beyond so many weights the limit of the descent is good enough, because decompositions take too long. */
const LARGEST_EIGEN = 400;

/** Φ(0, w), and from there to the manifold at full precision. */
async function settled(problem: MomentumProblem, w: Float64Array, options: Options): Promise<Float64Array> {
  const { loss } = descentOf(problem);
  requireStable(problem, largestCurvature(loss, w));
  const limit = await limitMap(loss, problem, { weights: w }, options);
  requireNoLoss(loss, limit, largestCurvature(loss, limit), problem.start);
  if (loss.size > LARGEST_EIGEN) return limit;
  return projectOnManifold(loss, limit, curvatureAt(loss, limit).rank).w;
}

/**
 * Loss and noise for the theories: those of the problem, or for vector UV without activation those of its two exact
 * coordinates, equation (LN24).
 */
export function theoryDescentOf(problem: MomentumProblem): NoisyDescent {
  const { model } = problem;
  return model.kind === "uv" && isReducible(problem) ? bilinearDescent(uvReduced(model)) : descentOf(problem);
}

/**
 * The Hessian of {@link theoryDescentOf} at a start in its weights.
 * @throws InvalidParameterError for a start off the manifold, with the start as it was given.
 */
export function startCurvature(problem: MomentumProblem, start: Float64Array): Curvature {
  try {
    return manifoldCurvature(theoryDescentOf(problem).loss, start);
  } catch (error) {
    if (!(error instanceof InvalidParameterError && error.parameter === "start")) throw error;
    throw new InvalidParameterError("start", problem.start, error.allowed);
  }
}

/** The start in the weights of {@link theoryDescentOf}: for reduced vector UV ((|p| + |q|)/√2, (|p| − |q|)/√2). */
export function theoryStart(problem: MomentumProblem, start: Float64Array): Float64Array {
  const { model } = problem;
  if (model.kind !== "uv" || !isReducible(problem)) return start;
  checkPoint({ size: 2 * model.n }, start);
  const { p, q } = reducedLengths(model.n, start);
  return Float64Array.of((p + q) * Math.SQRT1_2, (p - q) * Math.SQRT1_2);
}

/** |p| and |q| of p = (u + v)/√2, q = (u − v)/√2. */
export function reducedLengths(n: number, w: ArrayLike<number>): { readonly p: number; readonly q: number } {
  let [p, q] = [0, 0];
  for (let k = 0; k < n; k++) {
    p += (w[k] + w[n + k]) ** 2 / 2;
    q += (w[k] - w[n + k]) ** 2 / 2;
  }
  return { p: Math.sqrt(p), q: Math.sqrt(q) };
}
