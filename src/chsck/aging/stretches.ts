import { InvalidParameterError } from "../../core/errors";
import type { TwoTimeProblem } from "../problem";

/** Clocks between which T_eff is smooth, and what it is there, from the right of the first to the left of the second. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly noise: (clock: number) => number;
}

/** Every kink or jump of T_eff takes a panel more, and the work grows with the square of their number, or faster. */
const MOST_PANELS = 7;

/** A run cut where T_eff has a kink or a jump. @throws InvalidParameterError where there are too many. */
export function stretchesOf({ schedule, temperature }: TwoTimeProblem, until: number): readonly Stretch[] {
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
  return times.slice(1).map((to, k) => {
    const last = schedule.clock(to);
    const rateAt = (clock: number) =>
      clock >= last ? schedule.rateBefore(to) : schedule.rate(Math.max(times[k], schedule.time(clock)));
    return {
      from: schedule.clock(times[k]),
      to: last,
      noise: (clock: number) => (temperature === 0 ? 0 : temperature * rateAt(clock)),
    };
  });
}
