import { InvalidParameterError } from "../../core/errors";
import { momentumOf } from "../../models/label-noise-momentum/heavy-ball";
import {
  checkProblem,
  type MomentumModel,
  type MomentumProblem,
} from "../../models/label-noise-momentum/problem";
import { asParameters } from "../parts/as-parameters";
import type { MomentumParameters } from "./parameters";

/** Parameters as the rooms below want them. @throws InvalidParameterError, named like `parameters.curvatures`. */
export function problemOf(parameters: MomentumParameters): MomentumProblem {
  const { learningRate, momentum, noise, start, projectStart, dataSeed, threshold } = parameters;
  return asParameters(() => {
    const problem: MomentumProblem = {
      model: modelOf(parameters),
      learningRate,
      momentum: momentumOf(momentum, learningRate),
      noise,
      start,
      projectStart,
      dataSeed,
      threshold,
    };
    checkProblem(problem);
    return problem;
  });
}

function modelOf(parameters: MomentumParameters): MomentumModel {
  const { model: kind, n, activation, inputVariance, d, dimension } = parameters;
  const { samples = 5, rank = 0, inputDimension, outputDimension } = parameters;
  if (kind !== "uv" && activation !== "linear") {
    throw new InvalidParameterError("activation", activation, '"linear", for every model but "uv"');
  }
  switch (kind) {
    case "uv":
      return { kind, n, samples, inputVariance, activation };
    case "matrix-uv":
      return { kind, n, samples, inputVariance, inputDimension, outputDimension, rank };
    case "matrix-sensing": {
      const { rank = 1 } = parameters;
      const { samples = 5 * rank * d } = parameters;
      return { kind, d, rank, samples };
    }
    case "quadratic": {
      const { curvatures } = parameters;
      if (!curvatures)
        throw new InvalidParameterError("curvatures", curvatures, "a list of curvatures, one a mode");
      return { kind, curvatures, noiseCovariance: covarianceOf(parameters, curvatures.length) };
    }
    case "valley": {
      const { noiseCovariance } = parameters;
      const isLabelNoise = typeof noiseCovariance === "object" && "hessian" in noiseCovariance;
      return {
        kind,
        dimension,
        noiseCovariance: isLabelNoise ? noiseCovariance : covarianceOf(parameters, dimension),
      };
    }
  }
}

function covarianceOf({ noiseCovariance: given }: MomentumParameters, size: number): number[] {
  if (typeof given === "number") {
    return Array.from({ length: size * size }, (_, k) => (k % (size + 1) === 0 ? given : 0));
  }
  if (!("hessian" in given) && given.length === size && given.every((row) => row.length === size)) {
    return given.flat();
  }
  throw new InvalidParameterError("noiseCovariance", given, `a number or a ${size} by ${size} matrix`);
}
