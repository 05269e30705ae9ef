import { InvalidParameterError } from "../../core/errors";
import {
  type Binning,
  batchSizes,
  type ConstantMomentum,
  checkHorizon,
  createModes,
  type Modes,
  type MomentumSteps,
  momentumSteps,
  type PowerLawFeatures,
  type Projection,
  projectedModes,
  randomProjection,
  type Steps,
  stabilityRate,
  stepRates,
} from "../../models/random-features";
import { createSchedule } from "../../schedule";
import { asParameters } from "../parts/as-parameters";
import type { FeaturesParameters } from "./parameters";

/** The model alone. */
export const featuresOf = ({
  targetExponent,
  spectrumExponent,
  features,
  modes,
  labelNoise,
}: FeaturesParameters): PowerLawFeatures => ({
  targetExponent,
  spectrumExponent,
  features,
  modes,
  labelNoise,
});

/** The matrix of a random projection; undefined for the first features. @throws InvalidParameterError */
export const projectionOf = (parameters: FeaturesParameters): Projection | undefined =>
  asParameters(() => matrixOf(parameters));

const matrixOf = (parameters: FeaturesParameters): Projection | undefined =>
  parameters.projection === "top"
    ? undefined
    : randomProjection(featuresOf(parameters), parameters.projectionSeed);

/** @throws InvalidParameterError, named like `parameters.modes` */
export function modesOf(parameters: FeaturesParameters, binning?: Binning): Modes {
  return asParameters(() => {
    const projection = matrixOf(parameters);
    return projection
      ? projectedModes(featuresOf(parameters), projection)
      : createModes(featuresOf(parameters), binning);
  });
}

/** @throws InvalidParameterError */
export const batchesOf = ({ batchSize, horizon, spectrumExponent }: FeaturesParameters): Float64Array =>
  asParameters(() => batchSizes(batchSize, checkHorizon(horizon), spectrumExponent));

/** A whole run: rates and batches of all steps. */
export interface Run {
  readonly steps: Steps;
  readonly momentum?: MomentumSteps;
  readonly notes: readonly string[];
}

/** @throws InvalidParameterError, also for a rate above stability unless the parameters want a warning only. */
export function runOf(parameters: FeaturesParameters, modes: Modes): Run {
  const { horizon, momentum, spectrumExponent } = parameters;
  const batch = batchesOf(parameters);
  return asParameters(() => {
    const rate = stepRates(createSchedule(parameters.schedule), horizon);
    if (momentum) {
      const steps = momentumSteps(momentum, rate, spectrumExponent);
      // Momentum that changes with the time has no such limit.
      const notes =
        momentum.kind === "dana" ? [] : stabilityNotes(parameters, modes, { rate, batch }, momentum);
      return { steps: { rate, batch }, momentum: steps, notes };
    }
    return { steps: { rate, batch }, notes: stabilityNotes(parameters, modes, { rate, batch }) };
  });
}

/** Rates above stability, refused or warned of. */
function stabilityNotes(
  { aboveStability }: FeaturesParameters,
  modes: Modes,
  { rate, batch }: Steps,
  momentum?: ConstantMomentum,
): string[] {
  const limits = new Map<number, number>();
  let [count, first] = [0, 0];
  for (let t = 0; t < rate.length; t++) {
    let limit = limits.get(batch[t]);
    if (limit === undefined) {
      limit = stabilityRate(modes, batch[t], momentum);
      limits.set(batch[t], limit);
    }
    if (rate[t] > limit && count++ === 0) first = t;
  }
  if (count === 0) return [];
  const limit = limits.get(batch[first])!;
  if (aboveStability === "refuse") {
    const which = momentum ? "stabilityRate with this momentum" : "stabilityRate";
    const allowed = `rates up to ${which}, ${limit.toPrecision(6)} at step ${first} (or "aboveStability": "warn")`;
    throw new InvalidParameterError("schedule", rate[first], allowed);
  }
  return [
    `${count} of ${rate.length} steps have a rate above stabilityRate, ${limit.toPrecision(6)} at step ${first}: the loss may grow`,
  ];
}
