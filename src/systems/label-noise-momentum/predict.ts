import type { Prediction, Predictions } from "../../core/results";
import { type Curvature, matrixToModes } from "../../models/label-noise-momentum/curvature";
import { uvStart } from "../../models/label-noise-momentum/data";
import {
  isReducible,
  startCurvature,
  theoryDescentOf,
  theoryStart,
} from "../../models/label-noise-momentum/descent";
import type { MomentumProblem } from "../../models/label-noise-momentum/problem";
import { valleyStart } from "../../models/label-noise-momentum/valley";
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
import { asParameters } from "../parts/as-parameters";
import type { MomentumParameters } from "./parameters";
import { problemOf } from "./problem";

const undefinedWord = "undefined";

/** Curvatures of the modes at the start, and Σ in their basis, row-major. */
interface Modes {
  readonly curvatures: readonly number[];
  readonly noiseCovariance: readonly number[];
}

/**
 * The closed forms. Spectrum and stationary covariance are those of the start on the manifold: of the modes of the quadratic
 * model in their order, of vector UV without activation in its two coordinates, and of the valleys in the eigenbasis, curvatures
 * ascending; "undefined" elsewhere. Time scales are those of vector UV, and estimates for matrix sensing.
 */
export function predict(parameters: MomentumParameters): Predictions {
  const problem = problemOf(parameters);
  return asParameters(() => ({
    ...spectrumOf(problem, modesOf(problem)),
    ...timeScales(problem, parameters.momentum),
  }));
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

function modesOf(problem: MomentumProblem): Modes | undefined {
  const { model } = problem;
  if (model.kind === "quadratic") return model;
  const start = manifoldStart(problem);
  if (!start) return undefined;
  const { loss, noise } = theoryDescentOf(problem);
  const curvature = startCurvature(problem, start);
  const sigma = new Float64Array(loss.size ** 2);
  noise.covariance(start, sigma);
  return {
    curvatures: Array.from(curvature.values),
    noiseCovariance: Array.from(withoutRounding(curvature, matrixToModes(curvature, sigma))),
  };
}

/** Zero modes get no label noise: what rounding leaves there is none, too. */
function withoutRounding({ size, rank }: Curvature, sigma: Float64Array): Float64Array {
  const largest = Math.max(...sigma.map(Math.abs));
  const zeros = size - rank;
  return sigma.map((x, k) => {
    const atZero = Math.floor(k / size) < zeros || k % size < zeros;
    return atZero && Math.abs(x) < 1e-14 * largest ? 0 : x;
  });
}

/** The start in the coordinates of the theories, where it is on the manifold without a descent. */
function manifoldStart(problem: MomentumProblem): Float64Array | undefined {
  const { model, start, dataSeed } = problem;
  if (start === "off") return undefined;
  if (start !== "manifold") {
    const isSmall = model.kind === "valley" || isReducible(problem);
    return isSmall && !problem.projectStart ? theoryStart(problem, Float64Array.from(start)) : undefined;
  }
  if (model.kind === "valley") return valleyStart(model.dimension);
  return model.kind === "uv" && isReducible(problem)
    ? theoryStart(problem, uvStart(model.n, dataSeed, true))
    : undefined;
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
