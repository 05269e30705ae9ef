import type { Schedule } from "../../schedule";
import type { TwoTimeProblem } from "../problem";
import { type Coordinate, decays } from "./coordinate";
import {
  noiseCoordinate,
  powerCoordinate,
  SMOOTHED_BELOW,
  singularNoiseCoordinate,
} from "./noise-coordinate";

/** The clock gives way to the variable of the noise where it would take this many times its steps. */
const SPIKE = 2;

/**
 * Picks the coordinate for a run. A schedule η0 t^-β is singular at t = 0: well below β = 1/2 the substitution
 * s = y^k makes both ds/dy and T_eff ds/dy smooth; nearer to it and above, y = s + T∫η² resolves the first stage.
 * Else it is the variable asked for. The clock s gives way where it does not suit T_eff: to the time where the rate falls
 * to 0, since T_eff has a singularity in the clock there, and to s + T∫η² where T_eff is so high for a short while that
 * equal steps of the clock would not see it.
 */
export function createCoordinate(
  problem: TwoTimeProblem,
  until: number,
  variable: "clock" | "time" = "clock",
): Coordinate {
  const { schedule, temperature } = problem;
  const singular = schedule.startExponent > 0;
  if (singular && temperature > 0) {
    return schedule.startExponent < SMOOTHED_BELOW
      ? powerCoordinate(problem, until)
      : singularNoiseCoordinate(problem, until);
  }
  if (variable === "time" && !singular) return timeCoordinate(problem, until);
  const clock = clockCoordinate(problem, until);
  if (temperature === 0) return clock;
  if (vanishes(schedule, until)) {
    return rests(schedule) && until >= schedule.end
      ? endingCoordinate(problem, until)
      : timeCoordinate(problem, until);
  }
  const noise = noiseCoordinate(problem, until);
  return decays(problem, clock) > SPIKE * decays(problem, noise) ? noise : clock;
}

/** Whether the rate is 0 somewhere in the run; it can be at the ends of its pieces only. */
function vanishes(schedule: Schedule, until: number): boolean {
  const kinks = schedule.kinks.filter((t) => t < until);
  return [schedule.rate(0), ...kinks.map(schedule.rate), schedule.rateBefore(until)].includes(0);
}

/** Whether nothing moves any more after the end of the schedule: no steps are spent there. */
function rests({ end, rate }: Schedule): boolean {
  return Number.isFinite(end) && rate(end) === 0;
}

function timeCoordinate({ schedule, temperature }: TwoTimeProblem, until: number): Coordinate {
  const length = rests(schedule) ? Math.min(until, schedule.end) : until;
  return {
    length,
    start: 0,
    known: 0,
    time: (y) => (y >= length ? until : y),
    position: (t) => Math.min(t, length),
    speed: (_, rate) => rate,
    noise: (_, rate) => temperature * rate ** 2,
  };
}

/**
 * The time, but in the last piece before the rest t = end − L(1 − x)² with y = from + 2L x: a rate (end − t)^δ then comes in
 * with the power 2δ + 1, whole for the usual δ. dt/dy is continuous at `from`.
 */
function endingCoordinate({ schedule, temperature }: TwoTimeProblem, until: number): Coordinate {
  const { end } = schedule;
  const from = Math.max(0, ...schedule.kinks.filter((t) => t < end));
  const span = end - from;
  const length = from + 2 * span;
  const left = (y: number) => (y >= length ? 0 : Math.min(1, (length - y) / (2 * span)));
  const time = (y: number) => (y <= from ? y : end - span * left(y) ** 2);
  return {
    length,
    start: 0,
    known: 0,
    time: (y) => (y >= length ? until : time(y)),
    position: (t) => (t >= end ? length : t <= from ? t : length - 2 * span * Math.sqrt((end - t) / span)),
    speed: (y, rate) => left(y) * rate,
    noise: (y, rate) => left(y) * temperature * rate ** 2,
  };
}

function clockCoordinate({ schedule, temperature }: TwoTimeProblem, until: number): Coordinate {
  const length = schedule.clock(until);
  const time = (y: number) => (y <= 0 ? 0 : y >= length ? until : Math.min(until, schedule.time(y)));
  return {
    length,
    start: 0,
    known: 0,
    time,
    position: (t) => schedule.clock(t),
    speed: () => 1,
    noise: (_, rate) => (temperature === 0 ? 0 : temperature * rate),
  };
}
