import type { Trajectory } from "../../core/results";
import { createModes, type Modes } from "../../models/random-features";
import type { Report } from "../system";
import type { FeaturesParameters } from "./parameters";
import { featuresOf } from "./problem";

const COARSE_BINS = 1.2;

/** Rounding of the sums over modes and steps, relative to the loss. */
const ROUNDING = 1e-13;

/** What is known of the loss of a schedule. */
interface Known {
  readonly values: { readonly excessLoss: number; readonly loss: number };
  readonly errors: { readonly excessLoss: number; readonly loss: number };
  readonly notes: readonly string[];
}

/**
 * The loss that a search reached, with its error: rounding, what putting modes into bins costs (twice as wide, they are
 * wrong ten times as much or more), and how far the minimum may be below, where the search knows.
 * @param excessOf the excess loss of the schedule that was found, with other modes
 */
export function reached(
  parameters: FeaturesParameters,
  modes: Modes,
  excess: number,
  excessOf: (modes: Modes) => number,
  toMinimum?: number,
): Known {
  const isBinned = modes.multiplicity.some((count) => count > 1);
  const coarse = isBinned ? createModes(featuresOf(parameters), { ratio: COARSE_BINS }) : undefined;
  const bins = coarse ? Math.abs(excessOf(coarse) - excessOf(modes)) : 0;
  const loss = modes.floor + excess;
  const error = ROUNDING * loss + bins + (toMinimum ?? 0);
  return {
    values: { excessLoss: excess, loss },
    errors: { excessLoss: error, loss: error },
    notes: [
      ...(isBinned
        ? [`modes in bins: error of the excess loss for this schedule below ${bins.toPrecision(2)}`]
        : []),
      ...(toMinimum === undefined ? [OF_THIS_SCHEDULE] : []),
    ],
  };
}

const OF_THIS_SCHEDULE =
  "the error is that of the loss of the schedule that was found; no error is known of how far the search is from the best one";

export const searched = (evaluations: number, settled: boolean) =>
  `${evaluations} evaluations${settled ? "" : ", at which the search was ended"}`;

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
