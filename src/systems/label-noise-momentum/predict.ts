import { ConvergenceError } from "../../core/errors";
import type { Prediction, Predictions } from "../../core/results";
import { type Curvature, matrixToModes } from "../../models/label-noise-momentum/curvature";
import {
  isReducible,
  startCurvature,
  startOf,
  theoryDescentOf,
  theoryStart,
} from "../../models/label-noise-momentum/descent";
import type { GradientNoise } from "../../models/label-noise-momentum/loss";
import type { MomentumProblem } from "../../models/label-noise-momentum/problem";
import {
  heavyBallModes,
  originDecayRate,
  originStabilityLimit,
  relaxationSpectrum,
  sensingDriftTime,
  sensingPrefactor,
  stationaryModeCovariance,
  stationaryModesCovariance,
  timescaleExponent,
  uvControl,
  uvCriticalPrefactor,
  uvDriftTime,
  uvPrefactor,
} from "../../theory/label-noise-momentum";
import { asParametersLater } from "../parts/as-parameters";
import type { MomentumParameters } from "./parameters";
import { problemOf } from "./problem";

const undefinedWord = "undefined";

/** Curvatures of the modes at the start, and Σ in their basis, row-major. */
interface Modes {
  readonly curvatures: readonly number[];
  readonly noiseCovariance: readonly number[];
}

/** Beyond so many weights there are no spectra, and beyond so many modes no matrices of covariance: they take too long. */
const MOST_WEIGHTS = 400;
const MOST_MODES = 64;

/**
 * The closed forms. Spectrum and stationary covariance are those of the Hessian at the start on the manifold: of the modes of the
 * quadratic model in their order, of vector UV without activation in its two coordinates, and of the others in the eigenbasis,
 * curvatures ascending; "undefined" for a start off the manifold. Time scales are those of vector UV, and estimates for matrix
 * sensing.
 */
export async function predict(parameters: MomentumParameters): Promise<Predictions> {
  const problem = problemOf(parameters);
  const work = async () => ({
    ...spectrumOf(problem, await modesOf(problem)),
    ...timeScales(problem, parameters.momentum),
  });
  return asParametersLater(work());
}

function spectrumOf(problem: MomentumProblem, modes: Modes | undefined): Predictions {
  if (!modes) {
    const names = ["eigenvalue", "eigenvectorMomentum", "slowestModulus", "fastestModulus", "relaxationTime"];
    return Object.fromEntries([...names, "stationaryCovariance"].map((name) => [name, undefinedWord]));
  }
  const { curvatures } = modes;
  const pairs = curvatures.map((curvature) => heavyBallModes(problem, curvature));
  return {
    ...relaxationSpectrum(problem, curvatures),
    eigenvalue: pairs.map((pair) => pair.map(({ eigenvalue }) => eigenvalue)),
    eigenvectorMomentum: pairs.map((pair) => pair.map(({ momentum }) => momentum ?? undefinedWord)),
    stationaryCovariance: covariance(problem, modes),
  };
}

/** One mode: (w, π) by (w, π); several: ⟨w_i w_j⟩. */
function covariance(problem: MomentumProblem, { curvatures, noiseCovariance }: Modes): Prediction {
  const size = curvatures.length;
  if (size > MOST_MODES) return undefinedWord;
  if (size > 1) {
    const all = stationaryModesCovariance(problem, curvatures, noiseCovariance, problem.noise);
    return curvatures.map((_, i) => Array.from(all.subarray(i * size, (i + 1) * size)));
  }
  const variance = problem.noise ** 2 * noiseCovariance[0];
  if (curvatures[0] === 0) return undefinedWord;
  const { ww, wp, pp } = stationaryModeCovariance(problem, curvatures[0], variance);
  return [
    [ww, wp],
    [wp, pp],
  ];
}

async function modesOf(problem: MomentumProblem): Promise<Modes | undefined> {
  const { model } = problem;
  if (model.kind === "quadratic") return model;
  const { loss, noise, labelNoise } = theoryDescentOf(problem);
  const { size } = loss;
  const start = size > MOST_WEIGHTS ? undefined : await manifoldStart(problem);
  if (!start) return undefined;
  const curvature = startCurvature(problem, start);
  const curvatures = Array.from(curvature.values);
  const sigma = new Float64Array(size * size);
  // Label noise is c·H there, with nothing between modes.
  if (labelNoise !== undefined)
    for (let i = 0; i < size; i++) sigma[i * (size + 1)] = labelNoise * curvatures[i];
  else sigma.set(noiseInModes(noise, start, curvature));
  return { curvatures, noiseCovariance: Array.from(sigma) };
}

function noiseInModes(noise: GradientNoise, w: Float64Array, curvature: Curvature): Float64Array {
  const sigma = new Float64Array(curvature.size ** 2);
  noise.covariance(w, sigma);
  return matrixToModes(curvature, sigma);
}

/** The start in the coordinates of the theories, where it is on the manifold. */
async function manifoldStart(problem: MomentumProblem): Promise<Float64Array | undefined> {
  if (problem.start === "off" && !problem.projectStart) return undefined;
  try {
    return theoryStart(problem, await startOf(problem));
  } catch (error) {
    if (error instanceof ConvergenceError) return undefined;
    throw error;
  }
}

function timeScales(problem: MomentumProblem, momentum: MomentumParameters["momentum"]): Predictions {
  const { model, noise } = problem;
  const exponent = typeof momentum === "object" ? timescaleExponent(momentum.exponent) : undefinedWord;
  const none = { driftTime: undefinedWord, prefactor: undefinedWord, criticalPrefactor: undefinedWord };
  const origin = { originRate: undefinedWord, originStabilityLimit: undefinedWord };
  const rest = { timescaleExponent: exponent };
  if (noise === 0) return { ...none, ...rest, ...origin };
  if (model.kind === "matrix-sensing") {
    const scales = { d: model.d, samples: model.samples, noise };
    const prefactor = sensingPrefactor(scales);
    const critical = Math.cbrt(2) * prefactor;
    return {
      driftTime: sensingDriftTime(problem, scales),
      prefactor,
      criticalPrefactor: critical,
      ...rest,
      ...origin,
    };
  }
  if (model.kind !== "uv" || !isReducible(problem)) return { ...none, ...rest, ...origin };
  const scales = { ...model, noise };
  return {
    driftTime: uvDriftTime(problem, scales),
    prefactor: uvPrefactor(scales),
    criticalPrefactor: uvCriticalPrefactor(scales),
    ...rest,
    originRate: (1 - problem.momentum) * originDecayRate(uvControl(problem, scales)),
    originStabilityLimit: originStabilityLimit(),
  };
}
