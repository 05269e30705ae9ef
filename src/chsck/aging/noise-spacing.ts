import { extrapolation } from "./differences";
import type { RowRecord } from "./rows";
import type { Spacing } from "./spacing";

const PREDICTED_FROM = 5;
/** Of the distance that the accuracy allows, what is taken; and within what a try shortens it. */
const AIM = 0.9;
const SHORTER = { least: 0.25, most: 0.8 };
const MOST_TRIES = 30;

/** Of how far a table is from the curve that it samples, what the extrapolation of five rows may make of it, of rows so far apart. */
const EXTRAPOLATED = { times: 16, transient: 0.05 };

/** What T_eff may be off its prediction on any grid: a table is followed as the curve that it samples, not from bend to bend. */
export const leewayOf = (sag: number, { transient }: Spacing): number =>
  EXTRAPOLATED.times * sag * (transient / EXTRAPOLATED.transient) ** 2;

/** T_eff(s) of a phase that begins at the clock `from`, and how far a row may be from what the rows before it predict of it. */
export interface NoiseToFollow {
  readonly from: number;
  readonly noise: (clock: number) => number;
  readonly predicted: number;
  /** How fast the system follows it: what T_eff is for a shorter time counts less. */
  readonly rate: number;
}

/**
 * The distance to row r at which the rows still follow T_eff, at most `wanted`: where a schedule comes to its horizon, T_eff(s) ends with a
 * fractional power, and rows get closer in proportion to what is left.
 */
export function spacingForNoise(
  { from, noise, predicted, rate }: NoiseToFollow,
  { place, sigma }: Pick<RowRecord, "place" | "sigma">,
  r: number,
  wanted: number,
  end: number,
): number {
  const before = Array.from({ length: PREDICTED_FROM }, (_, q) => noise(from + sigma[r - 1 - q]));
  const places = Float64Array.from({ length: PREDICTED_FROM + 1 }, (_, q) => place[r - PREDICTED_FROM + q]);
  const off = (distance: number): number => {
    places[PREDICTED_FROM] = place[r - 1] + distance;
    const weights = extrapolation(places, PREDICTED_FROM, PREDICTED_FROM);
    const clock = Math.min(end, from + sigma[r - 1] * Math.exp(distance));
    const found = noise(clock);
    const expected = weights.reduce((sum, weight, q) => sum + weight * before[q], 0);
    const share = Math.min(1, (rate + found) * (clock - from - sigma[r - 1]));
    return (share * Math.abs(found - expected)) / (1 + found);
  };
  let distance = wanted;
  for (let n = 0; n < MOST_TRIES; n++) {
    const error = off(distance);
    if (error <= predicted) break;
    const shorter = AIM * (predicted / error) ** (1 / PREDICTED_FROM);
    distance *= Math.max(SHORTER.least, Math.min(SHORTER.most, shorter));
  }
  return distance;
}
