import { InvalidParameterError } from "../../core/errors";
import { findRoot } from "../../numerics/roots";
import type { TwoTimeProblem } from "../problem";

/**
 * The variable y in which the grid is uniform. All functions of time the solver needs, seen from y.
 * With dy the equations keep their form once every du becomes `speed` dy and T_eff ds becomes `noise` dy.
 */
export interface Coordinate {
  /** y runs from 0 (at time `start`) to `length` (at time until). */
  readonly length: number;
  readonly start: number;
  /** Time t at y, and y at time t. */
  time(y: number): number;
  position(t: number): number;
  /** ds/dy ≥ 0. */
  speed(y: number): number;
  /** T_eff ds/dy, finite even where T_eff is not. */
  noise(y: number): number;
}

/**
 * Forgetting of the start, in units of the noise clock T∫η²: a start this far back is lost to e^-24 ≈ 4e-11.
 */
const FORGOTTEN = 24;
const EARLIEST = 1e-300;

/**
 * Picks the coordinate for a run. A schedule η0 t^-β is singular at t = 0: for β < 1/2 the substitution
 * s = y^k makes both ds/dy and T_eff ds/dy smooth; for β ≥ 1/2 noise erases the start, and the run begins at
 * a time early enough to be forgotten, in y = s + T∫η², which resolves that first stage.
 */
export function createCoordinate(
  problem: TwoTimeProblem,
  until: number,
  variable: "clock" | "time",
): Coordinate {
  const { schedule, temperature } = problem;
  const singular = schedule.startExponent > 0;
  if (singular && temperature > 0) {
    return schedule.startExponent < 0.5 ? powerCoordinate(problem, until) : noiseCoordinate(problem, until);
  }
  if (variable === "time" && !singular) {
    return {
      length: until,
      start: 0,
      time: (y) => y,
      position: (t) => t,
      speed: (y) => schedule.rate(y),
      noise: (y) => temperature * schedule.rate(y) ** 2,
    };
  }
  return {
    length: schedule.clock(until),
    start: 0,
    time: (y) => (y === 0 ? 0 : schedule.time(y)),
    position: (t) => schedule.clock(t),
    speed: () => 1,
    noise: (y) => (temperature === 0 ? 0 : temperature * schedule.rate(schedule.time(y))),
  };
}

/** s = y^k for η = η0 t^-β with β < 1/2. */
function powerCoordinate({ schedule, temperature }: TwoTimeProblem, until: number): Coordinate {
  const power = smoothingPower(schedule.startExponent);
  const time = (y: number) => (y === 0 ? 0 : schedule.time(y ** power));
  const speed = (y: number) => power * y ** (power - 1);
  return {
    length: schedule.clock(until) ** (1 / power),
    start: 0,
    time,
    position: (t) => schedule.clock(t) ** (1 / power),
    speed,
    noise: (y) => (y === 0 ? 0 : temperature * schedule.rate(time(y)) * speed(y)),
  };
}

/**
 * T_eff ~ s^{-β/(1-β)}, so T_eff ds/dy ~ y^{a-1} with a = k(1-2β)/(1-β). Integer a keeps the error series
 * in powers of the step; k itself is an integer where it can be, or else large enough not to matter.
 */
function smoothingPower(exponent: number): number {
  const ratio = (1 - exponent) / (1 - 2 * exponent);
  const candidates = Array.from({ length: 8 }, (_, i) => (i + 2) * ratio);
  const whole = candidates.find((k) => k >= 4 && k <= 9 && Math.abs(k - Math.round(k)) < 1e-9);
  if (whole !== undefined) return Math.round(whole);
  return candidates.find((k) => k >= 5) ?? candidates[candidates.length - 1];
}

/** y = ∫ (1 + T η) η dt from a forgotten start, for η = η0 t^-β with 1/2 ≤ β < 1. */
function noiseCoordinate({ schedule, temperature }: TwoTimeProblem, until: number): Coordinate {
  const forgetting = (t: number) => temperature * schedule.heatBetween(t, until) - FORGOTTEN;
  if (!(forgetting(EARLIEST) > 0)) {
    throw new InvalidParameterError(
      "schedule.offset",
      0,
      `above 0 here: at temperature ${temperature} the noise is too weak to erase the start of a schedule with exponent ${schedule.startExponent}`,
    );
  }
  /** Solves f = 0 for a time; times near 0 differ by orders of magnitude, so the unknown is ln t. */
  const solveForTime = (f: (t: number) => number, from: number) => {
    const time = (lnT: number) => Math.min(until, Math.max(from, Math.exp(lnT)));
    return time(findRoot((lnT) => f(time(lnT)), Math.log(from), Math.log(until)));
  };
  const start = solveForTime(forgetting, EARLIEST);
  const position = (t: number) =>
    t <= start ? 0 : schedule.clockBetween(start, t) + temperature * schedule.heatBetween(start, t);
  const length = position(until);
  const time = (y: number) => {
    if (y <= 0) return start;
    if (y >= length) return until;
    return solveForTime((t) => position(t) - y, start);
  };
  const effective = (y: number) => temperature * schedule.rate(time(y));
  return {
    length,
    start,
    time,
    position,
    speed: (y) => 1 / (1 + effective(y)),
    noise: (y) => effective(y) / (1 + effective(y)),
  };
}
