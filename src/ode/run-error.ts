import type { Path } from "./path";

/** How much looser the run is that tells the error: it errs by more than the answer does. */
export const COARSER = 1000;
/** Times, relative to t, around a report time: a difference that changes its sign just there says nothing. */
const AROUND = [0.95, 0.98, 1, 1.02, 1.05];

/** A path whose quantities are written for a list of times, one curve a quantity. */
type Observe = (path: Path, times: Float64Array) => readonly Float64Array[];

/** The largest differences around every time between an answer and a coarser run, a curve a quantity. */
export function errorsOf(
  observe: Observe,
  answer: Path,
  coarser: Path,
  times: ArrayLike<number>,
): Float64Array[] {
  const error: Float64Array[] = [];
  for (const factor of AROUND) {
    const around = Float64Array.from(times, (t) => Math.min(factor * t, answer.end()));
    const [mine, others] = [observe(answer, around), observe(coarser, around)];
    for (const [i, curve] of mine.entries()) {
      error[i] ??= new Float64Array(times.length);
      for (const [k, most] of error[i].entries())
        error[i][k] = Math.max(most, distance(curve[k], others[i][k]));
    }
  }
  return error;
}

/** The difference of two numbers; not less than what rounding may have done to them on their way. */
export const distance = (a: number, b: number): number => Math.max(Math.abs(a - b), 1e-14 * Math.abs(a));

/** How far the two runs are apart at an event, the zero of a gauge, as a shift in time. */
export function timeError(
  gauge: (y: ArrayLike<number>) => number,
  time: number,
  answer: Path,
  coarser: Path,
): number {
  if (time === 0) return 0;
  const step = 1e-3 * time;
  const speed = (gauge(answer.at(time)) - gauge(answer.at(time - step))) / step;
  const apart = (t: number) => Math.abs(gauge(answer.at(t)) - gauge(coarser.at(t)));
  return Math.max(...AROUND.map((factor) => apart(Math.min(factor * time, answer.end())))) / Math.abs(speed);
}
