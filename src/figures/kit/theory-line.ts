import { InvalidParameterError } from "../../core/errors";
import type { Solution, TwoTimeSolution } from "../../core/results";
import type { ComparedCurve } from "./comparison-figure";

/** Points that a curve is drawn with along the whole of its axis, at the least. */
const POINTS = 240;
/** The same of a function of two times. */
const PAIR_POINTS = 60;
/** Ends that are further apart than this factor are drawn on a logarithmic axis. */
const WIDE = 8;

/** Times at which a theory is drawn: those of the report and as many between them as a smooth line needs, whole where time counts steps. */
export function drawnTimes({ time }: Solution, reported: readonly number[], isStepped: boolean): number[] {
  const last = time[time.length - 1];
  // A theory without nodes of its own goes as far as it is asked.
  const asked = last > 0 ? reported.filter((t) => t <= last) : reported;
  if (asked.length === 0) return [];
  const between = spaced(Math.min(...asked), Math.max(...asked), POINTS);
  const some = isStepped ? between.map(Math.round) : between;
  return [...new Set([...asked, ...some])].sort((a, b) => a - b);
}

/** From end to end, equally far from each other on the axis they are drawn on. */
function spaced(first: number, last: number, count: number): number[] {
  const isLog = first > 0 && last > WIDE * first;
  const inside = Array.from({ length: count - 2 }, (_, k) => {
    const share = (k + 1) / (count - 1);
    return isLog ? first * (last / first) ** share : first + (last - first) * share;
  });
  return [first, ...inside, last];
}

/** The theory of a compared quantity between the times of the comparison; undefined where it is known at single pairs only. */
export function lineOf(
  solution: Solution,
  { quantity, time, timePrime }: ComparedCurve,
  isStepped: boolean,
): ComparedCurve["line"] {
  if (!timePrime) {
    const times = drawnTimes(solution, Array.from(time), isStepped);
    const { [quantity]: theory } = solution.sample(times).series;
    return { time: times, theory };
  }
  if (!("estimate" in solution)) return undefined;
  const places = [...new Set(Array.from(timePrime))].flatMap((tPrime) => {
    const later = Array.from(time).filter((_, k) => timePrime[k] === tPrime);
    const lags = later.map((t) => t - tPrime);
    const [first, last] = [Math.min(...lags), Math.max(...lags)];
    const between = first < last ? spaced(first, last, PAIR_POINTS).slice(1, -1) : [];
    return [...later, ...between.map((lag) => tPrime + lag)].map((t) => ({ t, tPrime }));
  });
  const theory = places.map(({ t, tPrime }) => estimateOf(solution as TwoTimeSolution, quantity, t, tPrime));
  if (theory.some((value) => value === undefined)) return undefined;
  return {
    time: places.map(({ t }) => t),
    timePrime: places.map(({ tPrime }) => tPrime),
    theory: theory as number[],
  };
}

/** A value at a pair of times; undefined where there is none, or a theory is computed pair by pair. */
export function estimateOf(
  solution: TwoTimeSolution,
  quantity: string,
  t: number,
  tPrime: number,
): number | undefined {
  try {
    const { value } = solution.estimate(quantity, t, tPrime);
    return Number.isFinite(value) ? value : undefined;
  } catch (error) {
    if (error instanceof InvalidParameterError) return undefined;
    throw error;
  }
}
