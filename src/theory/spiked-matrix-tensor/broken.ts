import { nonNegative } from "../../core/check";
import type { Covariance } from "../../models/covariance";
import { findRoot } from "../../numerics/roots";
import { forcePerOverlap } from "./model";
import { type OneStepState, oneStepState, type Step, stationaryStep } from "./one-step";
import { allCrossings } from "./roots";

/** Cells of the scans in q0 and, inside, in q. */
const OUTER = 256;
const INNER = 48;

/**
 * Minima with a signal, m > 0, and one step of replica-symmetry breaking, by ascending m: where the replica-symmetric
 * state has a negative replicon they take its place. Own extension of App. D.2 of d'Ascoli, Refinetti & Biroli: with
 * a = x/T, χ = (1−q)/T and χ0 = χ + a(q−q0),
 *
 *     −2(free energy + Q(m)) = (Q(1) − Q(q))/T + a(Q(q) − Q(q0)) + (q0−m²)/χ0 + ln(χ0/χ)/a + T·ln(T·χ)
 *
 * is stationary in a and q (`stationaryStep`), in q0, q0 − m² = χ0²Q′(q0), and in m, m = χ0·Q′(m). A scan in q0, with
 * q from the temperature, finds all of them. Exact where one step is enough (p = 3).
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function brokenSignalStates(covariance: Covariance, temperature: number): readonly OneStepState[] {
  nonNegative("temperature", temperature);
  const end = largestLowest(covariance, temperature);
  if (end === 0) return [];
  const step = (lowest: number) => stepAt(covariance, temperature, lowest);
  // Above 0 where the free energy falls with m.
  const gain = (lowest: number) => {
    const at = step(lowest);
    return at.response * (1 + at.ratio) * forcePerOverlap(covariance, overlap(covariance, at)) - 1; // (S.15)
  };
  return allCrossings(gain, 0, end, OUTER)
    .filter(({ falling }) => falling)
    .map(({ x }) => {
      const at = step(x);
      return oneStepState(covariance, temperature, at, overlap(covariance, at));
    })
    .filter((state) => state.overlap > 0 && state.breakpoint <= 1);
}

/** m = sqrt(q0 − χ0²Q′(q0)). */
function overlap(covariance: Covariance, { lowest, response, ratio }: Step): number {
  const total = response * (1 + ratio);
  return Math.sqrt(Math.max(0, lowest * (1 - total * total * forcePerOverlap(covariance, lowest)))); // (S.15)
}

/** A step from q0 exists while a marginal state at q0 is hotter than T; there it shrinks to nothing. */
function largestLowest(covariance: Covariance, temperature: number): number {
  const excess = (gap: number) => gap * Math.sqrt(covariance.second(1 - gap)) - temperature;
  if (temperature === 0) return 1;
  const first = allCrossings(excess, 0, 1)[0];
  return first ? 1 - first.x : 0;
}

/** The step that starts at q0 and has the temperature: q = 1 at T = 0, else the largest q. */
function stepAt(covariance: Covariance, temperature: number, lowest: number): Step {
  if (temperature === 0) return stationaryStep(covariance, lowest, 1);
  const excess = (gap: number) => gap / stationaryStep(covariance, lowest, 1 - gap).response - temperature;
  const width = 1 - lowest;
  for (let k = 1; k <= INNER; k++) {
    const [low, high] = [((k - 1) * width) / INNER, (k * width) / INNER];
    if (excess(high) > 0) return stationaryStep(covariance, lowest, 1 - findRoot(excess, low, high));
  }
  return stationaryStep(covariance, lowest, lowest);
}
