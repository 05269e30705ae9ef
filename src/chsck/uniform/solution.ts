import { InvalidParameterError } from "../../core/errors";
import type { Estimate, Trajectory, TwoTimeSolution } from "../../core/results";
import type { TwoTimeProblem } from "../problem";
import { extrapolate } from "./extrapolation";
import type { Grid } from "./grid";
import type { History } from "./history";
import { interpolatePair, interpolateSeries } from "./interpolation";

/**
 * The public face of one history, or of three with steps h, h/2, h/4 to be extrapolated: series on the nodes
 * of the coarsest grid, and every quantity at any time or pair of times by interpolation between nodes.
 * Series: loss, multiplier; with a signal overlap; with several channels loss[k], in the order of the terms.
 */
export function createSolution(problem: TwoTimeProblem, levels: readonly History[]): TwoTimeSolution {
  const [coarse] = levels;
  const { coordinate } = coarse.grid;
  const until = coarse.grid.time[coarse.grid.size - 1];
  const seriesOf = levels.map((level) => namedSeries(problem, level));
  const names = Object.keys(seriesOf[0]);
  const noise = (t: number) =>
    problem.temperature === 0 ? 0 : problem.temperature * problem.schedule.rate(t);

  /** A quantity on every level, combined. */
  const combine = (read: (grid: Grid, level: number) => number): Estimate =>
    extrapolate(levels.map((history, level) => read(history.grid, level)));

  function sample(times: ArrayLike<number>): Trajectory {
    const time = Float64Array.from(times);
    const series: Record<string, Float64Array> = {};
    const error: Record<string, Float64Array> = {};
    for (const name of names) {
      const estimates = Array.from(time, (t) => {
        const y = position(t, "time");
        const estimate = combine((grid, level) => interpolateSeries(grid, seriesOf[level][name], y));
        return name === "multiplier" ? { ...estimate, value: estimate.value + noise(t) } : estimate;
      });
      series[name] = Float64Array.from(estimates, (e) => e.value);
      if (levels.length > 1) error[name] = Float64Array.from(estimates, (e) => e.error ?? 0);
    }
    return levels.length > 1 ? { time, series, error } : { time, series };
  }

  function position(t: number, parameter: string): number {
    const isStart = t === 0;
    if (!(isStart || (t >= coordinate.start && t <= until * (1 + 1e-12)))) {
      const from = coordinate.start === 0 ? "0" : `0 or ${coordinate.start.toPrecision(4)}`;
      throw new InvalidParameterError(parameter, t, `${from} to ${until}, the times that were solved`);
    }
    return coordinate.position(t);
  }

  function estimate(quantity: string, t: number, tPrime: number): Estimate {
    const pick = (history: History) => (quantity === "response" ? history.response : history.correlation);
    const [late, early] = t >= tPrime ? [t, tPrime] : [tPrime, t];
    const [y, yPrime] = [position(late, "time"), position(early, "timePrime")];
    if (t === tPrime) return { value: 1, error: 0 };
    if (quantity === "response" && t < tPrime) return { value: 0, error: 0 };
    return combine((grid, level) => interpolatePair(grid, pick(levels[level]), y, yPrime));
  }

  return {
    ...sample(coarse.grid.time),
    sample,
    estimate,
    twoTime: ["correlation", "response"],
    correlation: (t, tPrime) => estimate("correlation", t, tPrime).value,
    response: (t, tPrime) => estimate("response", t, tPrime).value,
    notes: coordinate.start > 0 ? [startNote(coordinate.start)] : [],
  };
}

function startNote(start: number): string {
  return `the noise erases the start: solved from t = ${start.toPrecision(3)} on, where the state is still random`;
}

/** `multiplier` holds z − T_eff; T_eff is added, exactly, where it is sampled. */
function namedSeries(problem: TwoTimeProblem, history: History): Record<string, Float64Array> {
  const { losses, reducedMultiplier, overlap } = history;
  const loss = losses[0].map((_, i) => losses.reduce((sum, channel) => sum + channel[i], 0));
  const series: Record<string, Float64Array> = { loss, multiplier: reducedMultiplier };
  if (losses.length > 1) for (const [k, channel] of losses.entries()) series[`loss[${k}]`] = channel;
  if (problem.initialOverlap !== undefined) series.overlap = overlap;
  return series;
}
