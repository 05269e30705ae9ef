import { InvalidParameterError } from "../../core/errors";
import { findRoot } from "../../numerics/roots";
import { holdingTemperature } from "../holding";
import type { TwoTimeProblem } from "../problem";
import { escapes } from "./overlap";
import { landscapeTime, REACHED } from "./solved-phase";

/** Clocks between which T_eff is smooth, and what it is there, from the right of the first to the left of the second. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly noise: (clock: number) => number;
  /** How far the T_eff of a table is from the curve that it samples. */
  readonly sag: number;
  /** Whether T_eff goes on smoothly where it begins: the state leaves equilibrium there, slowly. */
  readonly isSmooth?: boolean;
}

/** Shares of a stretch at which a T_eff that changes is seen. */
const LOOKS = [0.1, 0.5, 1];

export const isConstant = ({ from, to, noise }: Pick<Stretch, "from" | "to" | "noise">): boolean =>
  LOOKS.every((share) => noise(from + share * (to - from)) === noise(from));

/** Every kink or jump of T_eff takes a panel more, and the work grows with the square of their number, or faster. */
const MOST_PANELS = 7;

/** Nothing to resolve is left where it happens in this last part of a run. */
const LATEST = 1e-3;
/** A state that leaves equilibrium at this age or later, in the landscape's time, leaves a layer that takes nodes of its own. */
const OLD = 30;

/**
 * A run cut where T_eff has a kink or a jump, and where it falls below what the landscape holds the state at: C(s, s′) has a layer at these s′.
 * @throws InvalidParameterError where there are too many kinks.
 */
export function stretchesOf(problem: TwoTimeProblem, until: number): readonly Stretch[] {
  const { schedule, temperature } = problem;
  const kinks = temperature === 0 ? [] : schedule.corners.filter((t) => t < until);
  if (kinks.length + 1 > MOST_PANELS) {
    const latest = kinks[MOST_PANELS - 1];
    throw new InvalidParameterError(
      "method.until",
      until,
      `at most ${latest} on the aging grid: there the schedule has its corner number ${MOST_PANELS}, and ${MOST_PANELS - 1} are the most`,
    );
  }
  const times = [0, ...kinks, until];
  const stretches = times.slice(1).map((to, k): Stretch => {
    const last = schedule.clock(to);
    const rateAt = (clock: number) =>
      clock >= last ? schedule.rateBefore(to) : schedule.rate(Math.max(times[k], schedule.time(clock)));
    return {
      from: schedule.clock(times[k]),
      to: last,
      noise: (clock: number) => (temperature === 0 ? 0 : temperature * rateAt(clock)),
      sag: sagBetween(problem, times[k], to),
    };
  });
  // Where the rate is 0 the clock stands still, but for rounding.
  const moving = stretches.filter(({ from, to }) => to > from * (1 + REACHED));
  if (moving.length >= MOST_PANELS || escapes(problem)) return moving;
  for (const [k, stretch] of moving.entries()) {
    const held = clockWhereHeld(problem, stretch);
    if (held === undefined) continue;
    return moving.toSpliced(k, 1, { ...stretch, to: held }, { ...stretch, from: held, isSmooth: true });
  }
  return moving;
}

/** The clock at which T_eff falls through the temperature where the landscape holds the state, where that takes a panel. */
function clockWhereHeld(problem: TwoTimeProblem, { from, to, noise }: Stretch): number | undefined {
  const holding = holdingTemperature(problem.covariance);
  const age = OLD * landscapeTime(problem);
  if (!(noise(from) > holding && noise(to) < holding && to - from > age)) return undefined;
  const held = findRoot((clock) => noise(clock) - holding, from, to);
  return held - from < age || held > to * (1 - LATEST) ? undefined : held;
}

function sagBetween({ schedule, temperature }: TwoTimeProblem, from: number, to: number): number {
  const { kinks, corners, rate } = schedule;
  if (temperature === 0 || corners.length === kinks.length) return 0;
  const inside = kinks.filter((t) => t > from && t < to);
  let sag = 0;
  for (let k = 1; k + 1 < inside.length; k++) {
    const [a, t, b] = [inside[k - 1], inside[k], inside[k + 1]];
    const chord = rate(a) + ((rate(b) - rate(a)) * (t - a)) / (b - a);
    // A parabola is off the chord of two steps by four times what it is off that of one.
    sag = Math.max(sag, (temperature * Math.abs(rate(t) - chord)) / 4);
  }
  return sag;
}
