import { InvalidParameterError } from "../../core/errors";
import type { Estimate, Trajectory } from "../../core/results";
import type { TwoTimeProblem } from "../problem";
import type { LeveledSolution, LevelSample } from "../solution";
import { crossedKinks } from "./crossed-kinks";
import { estimate as estimateOf, extrapolate } from "./extrapolation";
import type { History } from "./history";
import { interpolatePair, interpolateSeries } from "./interpolation";

/** An error is the largest of those at these multiples of the place on the grid: at one alone it may change its sign. */
const NEARBY = [1, 0.8, 0.9, 1.1, 1.25];
/** The same for the distance of two times. */
const NEARBY_LAGS = [0.6, 0.8, 1.25, 1.6];

/**
 * The public face of one history, or of several with halved steps to be extrapolated: series on the nodes of the grid with
 * step h, and every quantity at any time or pair of times by interpolation between nodes.
 * Series: loss, multiplier; with a signal overlap; with several channels loss[k], in the order of the terms.
 */
export function createSolution(
  problem: TwoTimeProblem,
  levels: readonly History[],
  notes: readonly string[] = [],
): LeveledSolution {
  const { grid } = levels[Math.max(0, levels.length - 3)];
  const { coordinate } = grid;
  const until = grid.time[grid.size - 1];
  const reach = coordinate.position(until);
  const seriesOf = levels.map((level) => namedSeries(problem, level));
  const names = Object.keys(seriesOf[0]);
  const noise = (t: number) =>
    problem.temperature === 0 ? 0 : problem.temperature * problem.schedule.rate(t);

  const missed = crossedKinks(
    levels.map((level) => level.grid),
    problem,
  );

  /** The place of a time that was solved. */
  function position(t: number, parameter: string): number {
    if (!(t >= 0 && t <= until * (1 + 1e-12))) {
      throw new InvalidParameterError(parameter, t, `0 to ${until}, the times that were solved`);
    }
    return coordinate.position(t);
  }
  const isKnown = (t: number) => t === 0 || t >= coordinate.known;
  /** A place near y, as far as the run is known. */
  const near = (y: number, factor: number) => {
    const shifted = Math.min(factor * y, reach);
    return factor === 1 || !isKnown(coordinate.time(shifted)) ? y : shifted;
  };

  /** Quantities at places and at others nearby, the variants: `read` gives their values on one level. */
  function combine<Places>(
    variants: readonly Places[],
    read: (level: number, places: Places) => ArrayLike<number>,
  ): readonly Estimate[] {
    const tables = variants.slice(0, levels.length > 1 ? undefined : 1).map((places) => {
      const values = levels.map((_, level) => read(level, places));
      return Array.from(values[0], (_, k) => extrapolate(values.map((ofLevel) => ofLevel[k])));
    });
    return tables[0].map((_, k) =>
      estimateOf(
        levels.length,
        tables.map((table) => table[k]),
      ),
    );
  }
  const nearby = (places: Float64Array) => NEARBY.map((factor) => places.map((y) => near(y, factor)));

  const readSeries = (name: string) => (level: number, places: Float64Array) =>
    places.map((y) => interpolateSeries(levels[level].grid, seriesOf[level][name], y));

  function series(
    times: ArrayLike<number>,
    estimates: (name: string, places: Float64Array) => readonly Estimate[],
  ): Trajectory {
    const time = Float64Array.from(times);
    const places = time.map((t) => position(t, "time"));
    const values: Record<string, Float64Array> = {};
    const error: Record<string, Float64Array> = {};
    for (const name of names) {
      const found = estimates(name, places);
      const added = (t: number) => (name === "multiplier" ? noise(t) : 0);
      values[name] = time.map((t, k) => (isKnown(t) ? found[k].value + added(t) : Number.NaN));
      error[name] = time.map((t, k) => (isKnown(t) ? (found[k].error ?? 0) + missed(places[k]) : Number.NaN));
    }
    return levels.length > 1 ? { time, series: values, error } : { time, series: values };
  }

  const sample = (times: ArrayLike<number>) =>
    series(times, (name, places) => combine(nearby(places), readSeries(name)));
  const sampleOf = (level: number): LevelSample => {
    const values = (name: string, places: Float64Array) => readSeries(name)(level, places);
    return (times) => {
      const { time, series: found } = series(times, (name, places) =>
        Array.from(values(name, places), (value) => ({ value })),
      );
      return { time, series: found };
    };
  };

  function derived(
    times: ArrayLike<number>,
    of: (level: LevelSample, times: Float64Array) => ArrayLike<number>,
  ): { value: Float64Array; error?: Float64Array } {
    const given = Float64Array.from(times);
    const places = given.map((t) => position(t, "time"));
    const found = combine(nearby(places), (level, shifted) =>
      of(
        sampleOf(level),
        shifted.map((y, k) => (y === places[k] ? given[k] : coordinate.time(y))),
      ),
    );
    const value = Float64Array.from(found, (e) => e.value);
    return levels.length > 1 ? { value, error: Float64Array.from(found, (e) => e.error ?? 0) } : { value };
  }

  function estimate(quantity: string, t: number, tPrime: number): Estimate {
    const [late, early] = t >= tPrime ? [t, tPrime] : [tPrime, t];
    const [y, yPrime] = [position(late, "time"), position(early, "timePrime")];
    if (t === tPrime) return { value: 1, error: 0 };
    if (quantity === "response" && t < tPrime) return { value: 0, error: 0 };
    if (!(isKnown(late) && isKnown(early))) return { value: Number.NaN, error: Number.NaN };
    const pick = (history: History) => (quantity === "response" ? history.response : history.correlation);
    const pairs = [
      [y, yPrime],
      ...NEARBY.slice(1).map((factor) => [near(y, factor), (yPrime / y) * near(y, factor)]),
      ...NEARBY_LAGS.map((factor) => [y, Math.max(0, y - factor * (y - yPrime))]),
    ];
    const [found] = combine(pairs, (level, [i, j]) => [
      interpolatePair(levels[level].grid, pick(levels[level]), i, j),
    ]);
    return found.error === undefined ? found : { ...found, error: found.error + missed(y) };
  }

  return {
    ...sample(grid.time.filter(isKnown)),
    sample,
    derived,
    estimate,
    twoTime: ["correlation", "response"],
    correlation: (t, tPrime) => estimate("correlation", t, tPrime).value,
    response: (t, tPrime) => estimate("response", t, tPrime).value,
    notes: [...(coordinate.known > 0 ? [startNote(coordinate.known)] : []), ...notes],
  };
}

function startNote(known: number): string {
  return `the noise erases the start: values are given from t = ${known.toPrecision(3)} on, where nothing of it is left`;
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
