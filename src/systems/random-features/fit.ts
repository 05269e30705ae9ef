import { type CurveFit, type Fitted, fitCurve, type LossCurve } from "../../control/random-features";
import { InvalidParameterError } from "../../core/errors";
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

/** What a measured curve tells. */
export interface MeasuredLaws {
  /** Of a and b, intervals that hold both at once in 95 % of the cases; open where the curve tells nothing. */
  readonly targetExponent: Fitted;
  readonly spectrumExponent: Fitted;
  readonly labelNoise: Fitted;
  /** Confidence with which the curve excludes the other phase. */
  readonly phaseCertainty: number;
  readonly notes: readonly string[];
}

/** Runs of the fitted model that tell the noise of a curve, and curves drawn from them. */
const RUNS = 200;
const CURVES = 400;
/** Of the fluctuations, modes beyond these have no visible part. */
const MOST_FEATURES = 100;
/** Fits with the noise of the model that the one before has found. */
const PASSES = 2;

/**
 * Fits a, b and σ² to a loss measured at the constant rate `schedule` (RF.28). The noise of such a curve is that of SGD, larger
 * early and correlated along the run, so that the fitted model itself is simulated: its spread weighs the points of the next
 * fit, and curves drawn from it tell the intervals. With standard errors the curve counts as the mean of as many runs as make
 * the spread of the simulated ones so small; without them as a single run.
 * @throws InvalidParameterError; InterruptedError
 */
export async function fitMeasured(
  parameters: FeaturesParameters,
  measured: MeasuredCurve,
  options: Options = {},
): Promise<MeasuredLaws> {
  const curve = curveOf(parameters, measured);
  const model = featuresOf(parameters);
  const pacer = createPacer("fit of a measured curve", PASSES + 1, options);
  let pass = 0;
  const paced = async (work: Generator<void, CurveFit>) => {
    let step = work.next();
    for (; !step.done; step = work.next()) if (pacer.due()) await pacer.pause(pass);
    pass++;
    return step.value;
  };
  let fit = await paced(fitCurve(curve, model, curve.loss));
  let runs = 1;
  while (pass <= PASSES) {
    const noise = await simulateNoise(curve, { ...model, ...lawsOf(fit) }, options);
    const spread = Float64Array.from(measured.step, (_, i) =>
      Math.sqrt(variance(noise.map((one) => one[i]))),
    );
    runs = runsOf(measured, spread);
    const { loss } = fit;
    const sigma = spread.map((value, i) => Math.max(value / Math.sqrt(runs), 1e-4 * loss[i]));
    fit = await paced(fitCurve(curve, model, sigma, drawMeans(noise, runs)));
  }
  return {
    ...fit,
    labelNoise: {
      value: Math.max(0, fit.labelNoise.value),
      low: Math.max(0, fit.labelNoise.low),
      high: Math.max(0, fit.labelNoise.high),
    },
    notes: [
      `fitted to ${measured.step.length} losses as the mean of ${runs} run${runs === 1 ? "" : "s"}; ` +
        `intervals hold a and b at once in 95 % of the cases`,
      ...(isOpen(fit.targetExponent) || isOpen(fit.spectrumExponent)
        ? [
            "an interval that ends at 1 or infinity is open there: the curve does not tell; longer curves or means of more runs do",
          ]
        : []),
      ...(fit.residual > 1.5 ? ["the curve differs from its fit by more than the noise of SGD"] : []),
    ],
  };
}

const isOpen = ({ low, high }: Fitted) => low === 1 || high === Infinity;

/** Means of so many runs, drawn with replacement. */
function drawMeans(noise: readonly Float64Array[], runs: number): Float64Array[] {
  const stream = createStreams("fit").stream("bootstrap", 0);
  return Array.from({ length: CURVES }, () => {
    const chosen = Array.from({ length: runs }, () => noise[stream.integer(noise.length)]);
    return noise[0].map((_, i) => mean(chosen.map((one) => one[i])));
  });
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
  targetExponent: targetExponent.value,
  spectrumExponent: spectrumExponent.value,
  labelNoise: Math.max(0, labelNoise.value),
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
