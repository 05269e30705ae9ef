import { plantingOf } from "../../models/planted-start";
import type { TwoTimeProblem } from "../problem";

/**
 * The variable y in which the grid is uniform. All functions of time the solver needs, seen from y.
 * With dy the equations keep their form once every du becomes `speed` dy and T_eff ds becomes `noise` dy.
 */
export interface Coordinate {
  /** y runs from 0 (at time `start`) to `length` (at time until). */
  readonly length: number;
  readonly start: number;
  /** Earliest time after 0 whose values do not depend on where the run starts; 0 where it starts at 0. */
  readonly known: number;
  /** Time t at y, and y at time t. */
  time(y: number): number;
  position(t: number): number;
  /** ds/dy ≥ 0 at y, where the learning rate is η: at a jump of the rate it has two values. */
  speed(y: number, rate: number): number;
  /** T_eff ds/dy, finite even where T_eff is not. */
  noise(y: number, rate: number): number;
}

/** Where the fastest rate is looked for: equal steps, and towards the start, where a spike may be. */
const LOOKS = [
  ...Array.from({ length: 129 }, (_, k) => k / 128),
  ...Array.from({ length: 40 }, (_, k) => 2 ** -(k + 8)),
];

/**
 * Decays of the fastest modes over the run, at the fastest they get: 2√Q″(1), the multiplier of the threshold states,
 * with what fields add to it, and T_eff. A step of a decay or so is the longest that makes sense.
 */
export function decays(problem: TwoTimeProblem, coordinate: Coordinate): number {
  const { covariance } = problem;
  const { strength, overlap } = plantingOf(problem) ?? { strength: 0, overlap: 0 };
  const planted = overlap === 0 ? 0 : strength * covariance.first(1);
  const field = Math.sqrt(covariance.first(0));
  const multiplier = thresholdMultiplier(problem) + field + planted;
  return most(problem, coordinate, (speed, noise) => multiplier * speed + noise);
}

/** Of them, those of the threshold states alone. */
export const thresholdDecays = (problem: TwoTimeProblem, coordinate: Coordinate): number =>
  most(problem, coordinate, (speed) => thresholdMultiplier(problem) * speed);

const thresholdMultiplier = ({ covariance }: TwoTimeProblem): number => 2 * Math.sqrt(covariance.second(1));

/** The largest rate in y over the run, made of the speed and the noise there, times its length. */
function most(
  { schedule }: TwoTimeProblem,
  coordinate: Coordinate,
  rateOf: (speed: number, noise: number) => number,
): number {
  const rates = LOOKS.map((share) => {
    const y = share * coordinate.length;
    const rate = schedule.rate(coordinate.time(y));
    return rateOf(coordinate.speed(y, rate), coordinate.noise(y, rate));
  });
  return coordinate.length * Math.max(...rates);
}
