import { integerAtLeast, nonNegative, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { semidefiniteFactor } from "../../numerics/semidefinite";
import { checkHeavyBall, type HeavyBall } from "./heavy-ball";
import { type Activation, activations } from "./two-layer";

/** Vector UV, f = u·φ(v x)/√n, on P inputs with mean square μ2 and labels 0. */
export interface UvModel {
  readonly kind: "uv";
  readonly n: number;
  readonly samples: number;
  readonly inputVariance: number;
  readonly activation: Activation;
}

/** Matrix UV, f = UVx/√n ∈ R^m, x ∈ R^d, on P inputs; labels of a teacher of a rank, 0 for rank 0. */
export interface MatrixUvModel {
  readonly kind: "matrix-uv";
  readonly n: number;
  readonly samples: number;
  readonly inputVariance: number;
  readonly inputDimension: number;
  readonly outputDimension: number;
  readonly rank: number;
}

/** Matrix sensing: L = (1/(dP)) Σ (y_i − Tr A_iᵀUVᵀ)², U and V d × d, y_i from a target of a rank. */
export interface MatrixSensingModel {
  readonly kind: "matrix-sensing";
  readonly d: number;
  readonly rank: number;
  readonly samples: number;
}

/** Independent modes of given curvatures; noise covariance in their basis, row-major. */
export interface QuadraticModel {
  readonly kind: "quadratic";
  readonly curvatures: readonly number[];
  readonly noiseCovariance: readonly number[];
}

/** A curved valley in two or three dimensions; noise covariance in weights, row-major, or label noise c·H. */
export interface ValleyModel {
  readonly kind: "valley";
  readonly dimension: 2 | 3;
  readonly noiseCovariance: readonly number[] | { readonly hessian: number };
}

/** A two-layer network with inputs x ∈ R^d on P examples, whose labels are those of a narrow teacher, 0 for width 0. */
export interface MlpModel {
  readonly kind: "mlp";
  readonly n: number;
  readonly samples: number;
  readonly inputDimension: number;
  readonly inputVariance: number;
  readonly activation: Activation;
  readonly teacherWidth: number;
  /** T, fresh inputs of the test error. */
  readonly testSamples: number;
}

export type MomentumModel =
  | UvModel
  | MatrixUvModel
  | MatrixSensingModel
  | QuadraticModel
  | ValleyModel
  | MlpModel;

/** Heavy-ball descent with noise on a model, and its start. Plain data. */
export interface MomentumProblem extends HeavyBall {
  readonly model: MomentumModel;
  /** ε, the strength of the noise. */
  readonly noise: number;
  /** On the zero-loss manifold, off it as the paper starts, or the weights themselves. */
  readonly start: "manifold" | "off" | readonly number[];
  /** Whether a start off the manifold is moved to it by the noiseless descent. */
  readonly projectStart: boolean;
  /** Seed of data and start, which all runs share. */
  readonly dataSeed: number | string;
  /** First passage: the radius below threshold · n. */
  readonly threshold: number;
}

/** @throws InvalidParameterError for the first number out of range, named like `samples` or `learningRate`. */
export function checkProblem(problem: MomentumProblem): void {
  checkHeavyBall(problem);
  nonNegative("noise", problem.noise);
  positive("threshold", problem.threshold);
  checkModel(problem.model);
}

function checkModel(model: MomentumModel): void {
  switch (model.kind) {
    case "uv":
      integerAtLeast("n", model.n, 2);
      integerAtLeast("samples", model.samples, 1);
      positive("inputVariance", model.inputVariance);
      checkActivation(model.activation);
      return;
    case "mlp":
      for (const name of ["n", "samples", "inputDimension", "testSamples"] as const) {
        integerAtLeast(name, model[name], 1);
      }
      integerAtLeast("teacherWidth", model.teacherWidth, 0);
      positive("inputVariance", model.inputVariance);
      checkActivation(model.activation);
      return;
    case "matrix-uv":
      for (const name of ["n", "samples", "inputDimension", "outputDimension"] as const) {
        integerAtLeast(name, model[name], 1);
      }
      integerAtLeast("rank", model.rank, 0);
      positive("inputVariance", model.inputVariance);
      requireRank(model.rank, Math.min(model.inputDimension, model.outputDimension, model.n));
      return;
    case "matrix-sensing":
      integerAtLeast("d", model.d, 1);
      integerAtLeast("rank", model.rank, 1);
      integerAtLeast("samples", model.samples, 1);
      requireRank(model.rank, model.d);
      return;
    case "quadratic":
      integerAtLeast("curvatures.length", model.curvatures.length, 1);
      for (const [i, value] of model.curvatures.entries()) nonNegative(`curvatures[${i}]`, value);
      checkCovariance(model.noiseCovariance, model.curvatures.length);
      return;
    case "valley":
      if (model.dimension !== 2 && model.dimension !== 3) {
        throw new InvalidParameterError("dimension", model.dimension, "2 or 3");
      }
      if ("hessian" in model.noiseCovariance)
        nonNegative("noiseCovariance.hessian", model.noiseCovariance.hessian);
      else checkCovariance(model.noiseCovariance, model.dimension);
      return;
    default:
      throw new InvalidParameterError(
        "model",
        model,
        "uv, matrix-uv, matrix-sensing, quadratic, valley or mlp",
      );
  }
}

function checkActivation(activation: Activation): void {
  if (Object.hasOwn(activations, activation)) return;
  throw new InvalidParameterError("activation", activation, Object.keys(activations).join(", "));
}

function requireRank(rank: number, most: number): void {
  if (rank <= most) return;
  throw new InvalidParameterError("rank", rank, `at most ${most}, the smallest side of the matrices`);
}

function checkCovariance(matrix: readonly number[], size: number): void {
  const right = matrix.length === size * size && matrix.every(Number.isFinite);
  const symmetric = right && matrix.every((x, i) => x === matrix[(i % size) * size + Math.floor(i / size)]);
  if (symmetric && semidefiniteFactor(matrix, size)) return;
  throw new InvalidParameterError(
    "noiseCovariance",
    [...matrix],
    `a positive semidefinite symmetric ${size} by ${size} matrix`,
  );
}

/** Radius of the first passage, threshold · n, for vector and matrix UV; 0, none, for other models. */
export const firstPassageLevel = ({ model, threshold }: MomentumProblem): number =>
  model.kind === "uv" || model.kind === "matrix-uv" ? threshold * model.n : 0;
