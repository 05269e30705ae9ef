import { InvalidParameterError } from "../core/errors";

/** How far, relative to the end of a run, a report time may lie beyond it: what rounding does to a time. */
const ROUNDING = 1e-12;

/**
 * The report times of a simulation; those beyond `until` by no more than rounding are put at it.
 * @param usual the times where none are asked for.
 * @throws InvalidParameterError named `simulation.times[k]` unless they ascend from 0 to `until`.
 */
export function reportTimes(
  { times, until }: { readonly times?: ArrayLike<number>; readonly until: number },
  usual: ArrayLike<number>,
): Float64Array {
  const time = Float64Array.from(times ?? usual);
  for (const [k, t] of time.entries()) {
    if (!(t >= (k === 0 ? 0 : time[k - 1]) && t <= until * (1 + ROUNDING))) {
      throw new InvalidParameterError(
        `simulation.times[${k}]`,
        t,
        `ascending times from 0 to until, ${until}`,
      );
    }
    time[k] = Math.min(t, until);
  }
  return time;
}
