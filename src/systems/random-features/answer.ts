import type { Predictions, Trajectory } from "../../core/results";
import { createModes, type Modes } from "../../models/random-features";
import type { Report } from "../system";
import type { FeaturesParameters } from "./parameters";
import { featuresOf } from "./problem";

const COARSE_BINS = 1.2;

/** What putting modes into bins costs: twice as wide, they are wrong ten times as much or more. */
export function binsNote(
  parameters: FeaturesParameters,
  modes: Modes,
  excessOf: (modes: Modes) => number,
): string[] {
  if (!modes.multiplicity.some((count) => count > 1)) return [];
  const fine = excessOf(modes);
  const error = Math.abs(excessOf(createModes(featuresOf(parameters), { ratio: COARSE_BINS })) - fine);
  return [`modes in bins: error of the excess loss for this schedule below ${error.toPrecision(2)}`];
}

export const searched = (evaluations: number, settled: boolean) =>
  `${evaluations} evaluations${settled ? "" : ", at which the search was ended"}`;

export const losses = ({ floor }: Modes, excess: number): Predictions => ({
  excessLoss: excess,
  loss: floor + excess,
});

/** Series of every step at the steps nearest to the report times; there is no step at the horizon itself. */
export function atSteps({ times }: Report, series: Readonly<Record<string, Float64Array>>): Trajectory {
  const horizon = series.learningRate.length;
  const time = Float64Array.from(times.filter((t) => Math.round(t) < horizon));
  const chosen = Object.entries(series).map(([name, values]) => [
    name,
    time.map((t) => values[Math.round(t)]),
  ]);
  return { time, series: Object.fromEntries(chosen) };
}
