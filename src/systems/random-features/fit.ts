import { type CurveFit, fitCurve, type LossCurve } from "../../control/random-features";
import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { PowerLawFeatures } from "../../models/random-features";
import { mean, variance } from "../../numerics/statistics";
import { createStreams } from "../../numerics/streams";
import { simulateFeatures } from "../../simulate/random-features";
import { asParametersLater } from "../parts/as-parameters";
import type { FeaturesGoal, FeaturesParameters } from "./parameters";
import { featuresOf } from "./problem";

/** A measured curve as a config holds it. */
type MeasuredCurve = Exclude<NonNullable<FeaturesGoal["fit"]>, string>;

/** A number that was fitted, and an interval; those of a and b hold both at once in 95 % of the cases. */
interface Fitted {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What a measured curve tells. */
export interface MeasuredLaws {
  readonly targetExponent: Fitted;
  readonly spectrumExponent: Fitted;
  readonly labelNoise: Fitted;
  /** Share of the simulated curves that are in the phase of the fit. */
  readonly phaseCertainty: number;
  readonly notes: readonly string[];
}

/** Runs of the fitted model that tell the noise of a curve, and curves drawn from them. */
const RUNS = 200;
const CURVES = 48;
/** Of the fluctuations, modes beyond these have no visible part. */
const MOST_FEATURES = 100;
/** √ of the 95 % point of χ² with two degrees of freedom: a and b at once. */
const JOINT = Math.sqrt(-2 * Math.log(0.05));

/**
 * Fits a, b and σ² to a loss measured at the constant rate `schedule` (RF.28). The noise of such a curve is that of SGD, larger
 * early and correlated along the run, so that the fitted model itself is simulated: its spread weighs the points of a second
 * fit, and curves drawn from it and fitted like the measured one tell the intervals. With standard errors the curve counts
 * as the mean of as many runs as make the spread of the simulated ones so small; without them as a single run.
 * @throws InvalidParameterError; ConvergenceError; InterruptedError
 */
export async function fitMeasured(
  parameters: FeaturesParameters,
  measured: MeasuredCurve,
  options: Options = {},
): Promise<MeasuredLaws> {
  const curve = curveOf(parameters, measured);
  const start = featuresOf(parameters);
  const rough = fitCurve(curve, start);
  const model = (fit: CurveFit): PowerLawFeatures => ({ ...start, ...lawsOf(fit) });
  const deviations = await simulateNoise(curve, model(rough), options);
  const spread = Float64Array.from(measured.step, (_, i) =>
    Math.sqrt(variance(deviations.map((one) => one[i]))),
  );
  const runs = runsOf(measured, spread);
  const sigma = spread.map((value, i) => Math.max(value / Math.sqrt(runs), 1e-4 * rough.loss[i]));
  const fit = fitCurve(curve, model(rough), sigma);

  const stream = createStreams("fit").stream("bootstrap", 0);
  const found: CurveFit[] = [];
  const pacer = createPacer("uncertainty of the fit", CURVES, options);
  for (let c = 0; c < CURVES; c++) {
    if (pacer.due()) await pacer.pause(c);
    const chosen = Array.from({ length: runs }, () => deviations[stream.integer(RUNS)]);
    const loss = fit.loss.map((value, i) => Math.max(value / 10, value + mean(chosen.map((one) => one[i]))));
    const again = settled(() => fitCurve({ ...curve, loss }, model(fit), sigma));
    if (again) found.push(again);
  }
  if (found.length < CURVES / 2) {
    throw new ConvergenceError("The curve does not hold the power laws.", {
      reached: 0,
      advice: "Give a longer curve, or the mean of several runs with their standard errors.",
    });
  }
  // What the noise does not explain widens everything.
  const excess = Math.max(1, fit.residual);
  const width = (values: readonly number[]) => JOINT * excess * spreadOf(values);
  const interval = (name: "targetExponent" | "spectrumExponent"): Fitted => {
    // The noise moves a − 1 and b − 1 by a factor, the larger they are the more.
    const half = width(found.map((one) => Math.log(one[name] - 1)));
    const above = fit[name] - 1;
    return { value: fit[name], low: 1 + above * Math.exp(-half), high: 1 + above * Math.exp(half) };
  };
  const half = width(found.map(({ labelNoise }) => labelNoise));
  const isEasy = (one: CurveFit) => one.targetExponent >= one.spectrumExponent;
  const same = found.filter((one) => isEasy(one) === isEasy(fit)).length;
  return {
    targetExponent: interval("targetExponent"),
    spectrumExponent: interval("spectrumExponent"),
    labelNoise: {
      value: Math.max(0, fit.labelNoise),
      low: Math.max(0, fit.labelNoise - half),
      high: Math.max(0, fit.labelNoise + half),
    },
    phaseCertainty: same / found.length,
    notes: [
      `fitted to ${measured.step.length} losses as the mean of ${runs} run${runs === 1 ? "" : "s"}; ` +
        `intervals hold a and b at once in 95 % of the cases`,
      ...(excess > 1.5 ? ["the curve differs from its fit by more than the noise of SGD"] : []),
    ],
  };
}

function curveOf({ schedule, batchSize }: FeaturesParameters, measured: MeasuredCurve): LossCurve {
  const rate =
    typeof schedule === "number" ? schedule : schedule.kind === "constant" ? schedule.rate : undefined;
  if (rate === undefined) {
    const allowed = "the constant rate at which the curve was measured";
    throw new InvalidParameterError("parameters.schedule", schedule, allowed);
  }
  if (typeof batchSize !== "number" || !Number.isInteger(batchSize)) {
    throw new InvalidParameterError("parameters.batchSize", batchSize, "an integer, for the fit of a curve");
  }
  return { step: measured.step, loss: measured.loss, rate, batchSize };
}

const lawsOf = ({ targetExponent, spectrumExponent, labelNoise }: CurveFit) => ({
  targetExponent,
  spectrumExponent,
  labelNoise: Math.max(0, labelNoise),
});

/** Deviations from their mean of simulated losses at the steps of a curve, one array a run. */
async function simulateNoise(
  { step, rate, batchSize }: LossCurve,
  model: PowerLawFeatures,
  options: Options,
): Promise<Float64Array[]> {
  const horizon = Math.max(1, step[step.length - 1]);
  const problem = {
    features: { ...model, features: Math.min(model.features, MOST_FEATURES) },
    steps: {
      rate: new Float64Array(horizon).fill(rate),
      batch: new Float64Array(horizon).fill(batchSize),
    },
  };
  const simulation = { samples: RUNS, seed: "fit", times: step, keepCurves: true };
  const { curves, series } = await asParametersLater(simulateFeatures(problem, simulation, options));
  return curves!.loss.map((one) => one.map((value, i) => value - series.loss[i]));
}

/** The number of runs whose mean has the standard errors given. */
function runsOf({ step, loss, standardError }: MeasuredCurve, spread: Float64Array): number {
  if (!standardError) return 1;
  if (standardError.length !== step.length) {
    const allowed = `${step.length}, the number of steps`;
    throw new InvalidParameterError("optimise.fit.standardError.length", standardError.length, allowed);
  }
  // Of sums, and relative to the loss: the ratios of single points scatter too much where the runs are few.
  const share = (errors: ArrayLike<number>) =>
    standardError.reduce((sum, _, i) => sum + (errors[i] / loss[i]) ** 2, 0);
  return Math.min(1e4, Math.max(1, Math.round(share(spread) / share(standardError))));
}

/** Half of the range that holds the middle 68 %: the standard deviation of normal values, unmoved by a few far ones. */
function spreadOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return (at(0.84) - at(0.16)) / 2;
}

/** A fit, unless it does not settle. */
function settled(work: () => CurveFit): CurveFit | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConvergenceError) return undefined;
    throw error;
  }
}
