import { numberList } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import type { Estimate, Trajectory } from "../core/results";
import type { TwoTimeProblem } from "./problem";

/** The quantities at pairs of times that both grids hold. */
export const TWO_TIME = ["correlation", "response"];

/** Refuses a time that was not solved, as the parameter that gave it. */
export function checkSolved(t: number, until: number, parameter: string): void {
  if (!(t >= 0 && t <= until * (1 + 1e-12))) {
    throw new InvalidParameterError(parameter, t, `0 to ${until}, the times that were solved`);
  }
}

/**
 * The series `names` at any times, one value after another as a grid reads them at the place of their time. Grids hold the multiplier
 * without its T_eff, which is added here, exactly.
 * @param errors whether the values have errors, which takes two levels of the grid.
 */
export function readSeries<Place>(
  { temperature, schedule }: TwoTimeProblem,
  names: readonly string[],
  times: ArrayLike<number>,
  placeOf: (t: number) => Place,
  read: (name: string, place: Place, t: number) => Estimate,
  errors: boolean,
): Trajectory {
  const time = numberList("times", times);
  const places = Array.from(time, placeOf);
  const values: Record<string, Float64Array> = {};
  const error: Record<string, Float64Array> = {};
  for (const name of names) {
    const found = places.map((place, k) => read(name, place, time[k]));
    const noise = (t: number) =>
      name !== "multiplier" || temperature === 0 ? 0 : temperature * schedule.rate(t);
    values[name] = time.map((t, k) => found[k].value + noise(t));
    error[name] = Float64Array.from(found, (e) => e.error ?? 0);
  }
  return errors ? { time, series: values, error } : { time, series: values };
}

/** What needs no grid: C and R are 1 at equal times, and there is no response before the jump. */
export function knownPair(quantity: string, t: number, tPrime: number): Estimate | undefined {
  if (t === tPrime) return { value: 1, error: 0 };
  return quantity === "response" && t < tPrime ? { value: 0, error: 0 } : undefined;
}

/** C and R as plain functions of two times. */
export const asFunctions = (estimate: (quantity: string, t: number, tPrime: number) => Estimate) => ({
  correlation: (t: number, tPrime: number) => estimate("correlation", t, tPrime).value,
  response: (t: number, tPrime: number) => estimate("response", t, tPrime).value,
});
