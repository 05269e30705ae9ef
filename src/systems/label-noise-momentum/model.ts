import { InvalidParameterError } from "../../core/errors";
import type { MomentumModel } from "../../models/label-noise-momentum/problem";
import { type MomentumParameters, parameters as schema } from "./parameters";

type Kind = MomentumModel["kind"];

/** The models that a parameter belongs to; what is not here belongs to all. */
const OWNERS: Partial<Readonly<Record<keyof MomentumParameters, readonly Kind[]>>> = {
  activation: ["uv", "mlp"],
  threshold: ["uv", "matrix-uv"],
  n: ["uv", "matrix-uv", "mlp"],
  samples: ["uv", "matrix-uv", "matrix-sensing", "mlp"],
  inputVariance: ["uv", "matrix-uv", "mlp"],
  inputDimension: ["matrix-uv", "mlp"],
  outputDimension: ["matrix-uv"],
  teacherWidth: ["mlp"],
  testSamples: ["mlp"],
  d: ["matrix-sensing"],
  rank: ["matrix-uv", "matrix-sensing"],
  dimension: ["valley"],
  curvatures: ["quadratic"],
  noiseCovariance: ["quadratic", "valley"],
};

const DEFAULTS = schema.parse({ learningRate: 1, momentum: 0 });

/** @throws InvalidParameterError for a parameter of another model, unless it has its default and changes nothing. */
export function checkOwners(parameters: MomentumParameters): void {
  for (const [name, owners] of Object.entries(OWNERS)) {
    const key = name as keyof typeof OWNERS;
    if (owners.includes(parameters.model) || parameters[key] === DEFAULTS[key]) continue;
    if (key === "activation" && parameters.activation === "linear") continue;
    const allowed = `none: it belongs to model ${owners.map((kind) => `"${kind}"`).join(", ")}, and model is "${parameters.model}"`;
    throw new InvalidParameterError(name, parameters[key], allowed);
  }
}

/** The model that the parameters describe. @throws InvalidParameterError */
export function modelOf(parameters: MomentumParameters): MomentumModel {
  checkOwners(parameters);
  const { model: kind, n, inputVariance, d, dimension } = parameters;
  const { samples = 5, rank = 0 } = parameters;
  switch (kind) {
    case "uv":
      return { kind, n, samples, inputVariance, activation: parameters.activation ?? "linear" };
    case "matrix-uv": {
      const { outputDimension, inputDimension = 2 } = parameters;
      return { kind, n, samples, inputVariance, inputDimension, outputDimension, rank };
    }
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
    case "mlp": {
      const { inputDimension = 5, teacherWidth, testSamples, activation = "tanh" } = parameters;
      return { kind, n, samples, inputDimension, inputVariance, activation, teacherWidth, testSamples };
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
