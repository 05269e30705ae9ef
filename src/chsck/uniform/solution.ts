import type { Estimate, TwoTimeNodes } from "../../core/results";
import type { TwoTimeProblem } from "../problem";
import { asFunctions, checkSolved, knownPair, readSeries, TWO_TIME } from "../reading";
import type { LeveledSolution, LevelSample } from "../solution";
import { crossedKinks } from "./crossed-kinks";
import type { History } from "./history";
import { interpolateSeries } from "./interpolation";
import type { Settled } from "./march";
import { createNested, isKnown } from "./nested";
import { createNodeRows } from "./node-rows";

/** What levels of the grid tell at any time or pair of times. */
export type Reading = Pick<LeveledSolution, "sample" | "derived" | "estimate" | "twoTime" | "nodes">;

/** What rows that settled to 1 leave in a value: 7 at most, as found by settling them further. */
const UNSETTLED = 10;
const UNKNOWN: Estimate = { value: Number.NaN, error: Number.NaN };

/**
 * The public face of one history, or of several with halved steps to be extrapolated: series on the nodes of the grid with
 * step h, and every quantity at any time or pair of times by interpolation between nodes.
 * Series: loss, multiplier; with a signal overlap; with several channels loss[k], in the order of the terms.
 */
export function createSolution(
  problem: TwoTimeProblem,
  levels: readonly History[],
  settled: Settled,
  notes: readonly string[] = [],
): LeveledSolution {
  const reading = createReading(problem, levels, settled);
  const { coordinate } = levels[0].grid;
  return {
    ...reading.sample(reading.nodes!.time),
    ...reading,
    ...asFunctions(reading.estimate),
    notes: [...(coordinate.known > 0 ? [startNote(coordinate.known)] : []), ...notes],
  };
}

/** The reading of a solution, without its series on the nodes. */
export function createReading(
  problem: TwoTimeProblem,
  levels: readonly History[],
  settled: Settled,
): Reading {
  const nested = createNested(levels);
  const { coordinate, time: nodes } = nested.grid;
  const until = nodes[nodes.length - 1];
  const seriesOf = levels.map((level) => namedSeries(problem, level));
  const names = Object.keys(seriesOf[0]);
  const missed = crossedKinks(
    levels.map((level) => level.grid),
    problem,
  );

  /** The place of a time that was solved. */
  function position(t: number, parameter: string): number {
    checkSolved(t, until, parameter);
    return coordinate.position(t);
  }

  /** An error with what the differences do not see: rounding, rows that have settled so far, kinks inside a step. */
  const withUnseen = ({ value, error }: Estimate, y?: number): Estimate => {
    if (error === undefined) return { value };
    const unsettled = UNSETTLED * settled.rows * Math.max(Math.abs(value), 0.3);
    return { value, error: error + unsettled + (y === undefined ? 0 : missed(y)) };
  };

  const series = (times: ArrayLike<number>, read: (name: string, y: number) => Estimate, errors: boolean) =>
    readSeries(
      problem,
      names,
      times,
      (t) => position(t, "time"),
      (name, y, t) => (isKnown(coordinate, t) ? read(name, y) : UNKNOWN),
      errors,
    );
  const sample = (times: ArrayLike<number>) =>
    series(
      times,
      (name, y) =>
        withUnseen(
          nested.series((level) => seriesOf[level][name], y),
          y,
        ),
      levels.length > 1,
    );
  const sampleOf =
    (level: number): LevelSample =>
    (times) =>
      series(
        times,
        (name, y) => interpolateSeries(levels[level].grid, (i) => seriesOf[level][name][i], y),
        false,
      );

  function derived(
    times: ArrayLike<number>,
    of: (level: LevelSample, times: Float64Array) => ArrayLike<number>,
  ): { value: Float64Array; error?: Float64Array } {
    const given = Float64Array.from(times);
    const places = given.map((t) => position(t, "time"));
    const found = nested
      .derived(places, (level, shifted) =>
        of(
          sampleOf(level),
          shifted.map((y, k) => (y === places[k] ? given[k] : coordinate.time(y))),
        ),
      )
      .map((found) => withUnseen(found));
    const value = Float64Array.from(found, (e) => e.value);
    return levels.length > 1 ? { value, error: Float64Array.from(found, (e) => e.error ?? 0) } : { value };
  }

  function estimate(quantity: string, t: number, tPrime: number): Estimate {
    const [late, early] = t >= tPrime ? [t, tPrime] : [tPrime, t];
    const [y, yPrime] = [position(late, "time"), position(early, "timePrime")];
    const known = knownPair(quantity, t, tPrime);
    if (known) return known;
    if (!(isKnown(coordinate, late) && isKnown(coordinate, early))) return UNKNOWN;
    return withUnseen(nested.pair(storedOf(quantity), y, yPrime), y);
  }

  return { sample, derived, estimate, twoTime: TWO_TIME, nodes: nodesOf() };

  function storedOf(quantity: string) {
    return (level: number) => levels[level][quantity === "response" ? "response" : "correlation"];
  }

  /** The nodes of step h at which values are known. */
  function nodesOf(): TwoTimeNodes {
    const known = Array.from(nodes.keys()).filter((i) => isKnown(coordinate, nodes[i]));
    const rows = new Map<string, ReturnType<typeof createNodeRows>>();
    return {
      time: Float64Array.from(known, (i) => nodes[i]),
      row(quantity, k) {
        if (!TWO_TIME.includes(quantity)) return undefined;
        const row = rows.get(quantity) ?? createNodeRows(nested, storedOf(quantity));
        rows.set(quantity, row);
        const found = row(known[k]);
        const y = coordinate.position(nodes[known[k]]);
        return known.slice(0, k + 1).map((j) => (j === known[k] ? found[j] : withUnseen(found[j], y)));
      },
    };
  }
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
