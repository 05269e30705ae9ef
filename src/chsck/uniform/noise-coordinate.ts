import { InvalidParameterError } from "../../core/errors";
import { findRoot } from "../../numerics/roots";
import type { TwoTimeProblem } from "../problem";
import type { Coordinate } from "./coordinate";

/**
 * Forgetting of the start, in units of the noise clock T∫η²: a start this far back is lost to e^-24 ≈ 4e-11.
 */
const FORGOTTEN = 24;
/** The values of a run go back over three decades of time, unless that takes more than this of the noise clock. */
const DECADES = 1e-3;
const LONGEST_STAGE = 60;
const EARLIEST = 1e-300;

/**
 * From this exponent on y = s + T∫η² serves a singular start: below 1/2 it is a regular start, with
 * T_eff ~ y^{-β/(1-2β)} and hence ds/dy smooth to fourth order; the power k of s = y^k would get too high.
 */
export const SMOOTHED_BELOW = 4 / 9;

/** s = y^k for η = η0 t^-β with β well below 1/2. */
export function powerCoordinate({ schedule, temperature }: TwoTimeProblem, until: number): Coordinate {
  const power = smoothingPower(schedule.startExponent);
  const length = schedule.clock(until) ** (1 / power);
  const time = (y: number) => (y <= 0 ? 0 : y >= length ? until : schedule.time(y ** power));
  const speed = (y: number) => power * y ** (power - 1);
  return {
    length,
    start: 0,
    known: 0,
    time,
    position: (t) => schedule.clock(t) ** (1 / power),
    speed,
    noise: (y, rate) => (y === 0 ? 0 : temperature * rate * speed(y)),
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

/** y = ∫ (1 + T η) η dt from t = 0, of a regular schedule. */
export function noiseCoordinate(problem: TwoTimeProblem, until: number): Coordinate {
  const { schedule, temperature } = problem;
  const whole = schedule.clock(until);
  const position = (t: number) => schedule.clock(t) + temperature * schedule.heat(t);
  const timeOf = (s: number) => (s >= whole ? until : Math.min(until, schedule.time(s)));
  const length = position(until);
  const time = (y: number) => {
    if (y <= 0) return 0;
    if (y >= length) return until;
    // The unknown is the clock, in which position is smooth.
    return timeOf(findRoot((s) => position(timeOf(s)) - y, 0, whole));
  };
  return { length, start: 0, known: 0, time, position, ...rates(temperature) };
}

/**
 * y = ∫ (1 + T η) η dt for η = η0 t^-β with β near 1/2 or above, from a forgotten start, or from t = 0 where β < 1/2 and
 * nothing is forgotten. The start is so early that it is forgotten at the earliest time whose values are given.
 */
export function singularNoiseCoordinate(problem: TwoTimeProblem, until: number): Coordinate {
  const { schedule, temperature } = problem;
  const noise = (a: number, b: number) => temperature * schedule.heatBetween(a, b);
  /** Solves f = 0 for a time; times near 0 differ by orders of magnitude, so the unknown is ln t. */
  const solveForTime = (f: (t: number) => number, from: number, to: number) => {
    const time = (lnT: number) => Math.min(to, Math.max(from, Math.exp(lnT)));
    return time(findRoot((lnT) => f(time(lnT)), Math.log(from), Math.log(to)));
  };
  const early = DECADES * until;
  const earliest = (t: number) => noise(t, until) - LONGEST_STAGE;
  const known = earliest(early) <= 0 ? early : solveForTime(earliest, early, until);
  const forgetting = (t: number) => noise(t, known) - FORGOTTEN;
  const forgets = forgetting(EARLIEST) > 0;
  if (!forgets && schedule.startExponent >= 0.5) {
    throw new InvalidParameterError(
      "schedule.offset",
      0,
      `above 0 here: at temperature ${temperature} the noise is too weak to erase the start of a schedule with exponent ${schedule.startExponent}`,
    );
  }
  const start = forgets ? solveForTime(forgetting, EARLIEST, known) : 0;
  const position = (t: number) =>
    t <= start ? 0 : schedule.clockBetween(start, t) + temperature * schedule.heatBetween(start, t);
  const length = position(until);
  const time = (y: number) => {
    if (y <= 0) return start;
    if (y >= length) return until;
    const earliest = Math.max(start, EARLIEST);
    return position(earliest) >= y ? earliest : solveForTime((t) => position(t) - y, earliest, until);
  };
  return { length, start, known: forgets ? known : 0, time, position, ...rates(temperature) };
}

/** ds/dy and T_eff ds/dy for dy = (1 + T_eff) ds. */
function rates(temperature: number): Pick<Coordinate, "speed" | "noise"> {
  const speed = (_: number, rate: number) => 1 / (1 + temperature * rate);
  return { speed, noise: (y, rate) => 1 - speed(y, rate) };
}
