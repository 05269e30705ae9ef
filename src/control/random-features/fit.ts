import { integerAtLeast, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { createModes, excess } from "../../models/random-features/modes";
import { checkFeatures, type PowerLawFeatures } from "../../models/random-features/problem";
import { checkBatch } from "../../models/random-features/stability";
import { fitNonlinear } from "../../numerics/nonlinear-fit";
import { advanceModes } from "../../volterra/random-features/recursion";

/** A loss measured along a run at a constant learning rate. */
export interface LossCurve {
  /** Steps, ascending from 0 on. */
  readonly step: ArrayLike<number>;
  /** Population (test) loss, label noise included, without a factor ½. */
  readonly loss: ArrayLike<number>;
  readonly rate: number;
  readonly batchSize: number;
}

/** The power laws of a measured curve. */
export interface CurveFit {
  readonly targetExponent: number;
  readonly spectrumExponent: number;
  /** May come out below 0, where the noise of the curve hides it: held at 0, it would pull a and b along. */
  readonly labelNoise: number;
  /** The loss of the fit at the measured steps. */
  readonly loss: Float64Array;
  /** Root of the mean of ((loss − fit)/sigma)². */
  readonly residual: number;
}

/** Modes kept in the fit, and their bins: far below the noise of any measured curve. */
const BINS = { exact: 64, kept: 32, ratio: 1.1 };
/** Fewer points do not hold three numbers. */
const LEAST_POINTS = 6;
/** Ranges of the logarithms of a − 1 and b − 1. */
const LOWEST = -25;
const HIGHEST = 4;

/**
 * Fits a, b and σ² of the exact recursion (RF.2, RF.28) to a measured curve by weighted least squares in ln(a − 1),
 * ln(b − 1) and σ².
 * @param start where to begin; its numbers of features and modes are kept
 * @param sigma errors of the losses, or any common scale of them; the losses themselves when left out
 * @throws InvalidParameterError; ConvergenceError where the fit does not settle
 */
export function fitCurve(curve: LossCurve, start: PowerLawFeatures, sigma?: ArrayLike<number>): CurveFit {
  checkCurve(curve);
  checkFeatures(start);
  const { loss } = curve;
  const weights = Float64Array.from(sigma ?? loss);
  const decode = (p: ArrayLike<number>): PowerLawFeatures => ({
    ...start,
    targetExponent: 1 + Math.exp(p[0]),
    spectrumExponent: 1 + Math.exp(p[1]),
    labelNoise: p[2],
  });
  const model = (p: Float64Array) =>
    Math.min(p[0], p[1]) > LOWEST && Math.max(p[0], p[1]) < HIGHEST
      ? lossesOf(decode(p), curve)
      : new Float64Array(loss.length).fill(Infinity);
  const first = [Math.log(start.targetExponent - 1), Math.log(start.spectrumExponent - 1), start.labelNoise];
  const fit = fitNonlinear(model, first, loss, weights, 1e-8);
  const { targetExponent, spectrumExponent, labelNoise } = decode(fit.parameters);
  return {
    targetExponent,
    spectrumExponent,
    labelNoise,
    loss: lossesOf(decode(fit.parameters), curve),
    residual: Math.sqrt(fit.chiSquare / loss.length),
  };
}

/** The theory at the steps of a curve. */
function lossesOf(problem: PowerLawFeatures, { step, rate, batchSize }: LossCurve): Float64Array {
  const noiseless = createModes({ ...problem, labelNoise: 0 }, BINS);
  const modes = { ...noiseless, floor: noiseless.floor + problem.labelNoise };
  const q = Float64Array.from(modes.start);
  const losses = new Float64Array(step.length);
  let sum = excess(q);
  for (let i = 0, t = 0; i < losses.length; i++) {
    for (; t < step[i]; t++) sum = advanceModes(modes, q, rate, batchSize, sum);
    losses[i] = modes.floor + sum;
  }
  return losses;
}

/** @throws InvalidParameterError, named like `fit.loss[3]` */
export function checkCurve({ step, loss, rate, batchSize }: LossCurve): void {
  integerAtLeast("fit.step.length", step.length, LEAST_POINTS);
  if (loss.length !== step.length) {
    throw new InvalidParameterError("fit.loss.length", loss.length, `${step.length}, the number of steps`);
  }
  positive("schedule", rate);
  checkBatch("batchSize", batchSize);
  for (let i = 0; i < step.length; i++) {
    integerAtLeast(`fit.step[${i}]`, step[i], i === 0 ? 0 : step[i - 1] + 1);
    positive(`fit.loss[${i}]`, loss[i]);
  }
}
