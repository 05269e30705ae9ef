import { InvalidParameterError } from "../../core/errors";
import { findRoot } from "../../numerics/roots";
import { holdingTemperature } from "../holding";
import type { TwoTimeProblem } from "../problem";
import { escapes } from "./overlap";
import { landscapeTime } from "./solved-phase";

/** Clocks between which T_eff is smooth, and what it is there, from the right of the first to the left of the second. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly noise: (clock: number) => number;
}

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
  const stretches = times.slice(1).map((to, k) => {
    const last = schedule.clock(to);
    const rateAt = (clock: number) =>
      clock >= last ? schedule.rateBefore(to) : schedule.rate(Math.max(times[k], schedule.time(clock)));
    return {
      from: schedule.clock(times[k]),
      to: last,
      noise: (clock: number) => (temperature === 0 ? 0 : temperature * rateAt(clock)),
    };
  });
  // Where the rate is 0 the clock stands still.
  const moving = stretches.filter(({ from, to }) => to > from);
  return moving.length < MOST_PANELS && !escapes(problem)
    ? moving.flatMap((stretch) => cutWhereHeld(problem, stretch))
    : moving;
}

/** A stretch in which T_eff falls through the temperature where the landscape holds the state, cut there. */
function cutWhereHeld(problem: TwoTimeProblem, stretch: Stretch): readonly Stretch[] {
  const { from, to, noise } = stretch;
  const holding = holdingTemperature(problem.covariance);
  const age = OLD * landscapeTime(problem);
  if (!(noise(from) > holding && noise(to) < holding && to - from > age)) return [stretch];
  const held = findRoot((clock) => noise(clock) - holding, from, to);
  const isEarly = held - from < age || held > to * (1 - LATEST);
  return isEarly
    ? [stretch]
    : [
        { ...stretch, to: held },
        { ...stretch, from: held },
      ];
}
