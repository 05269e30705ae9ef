import type { Estimate, SolverWork } from "../../core/results";
import type { Written } from "../../core/saved-states";
import type { TwoTimeProblem } from "../problem";
import { asFunctions, checkSolved, knownPair, readSeries, TWO_TIME } from "../reading";
import type { LeveledSolution, LevelPair, LevelSample } from "../solution";
import { createDeviation } from "./expansion";
import type { AgingHistory, AgingRun } from "./history";
import { type ClockPair, interpolatePair, interpolateSeries } from "./interpolation";
import type { Effort } from "./newton";
import { escapes, overlapScaleOf } from "./overlap";
import { nodesOf, timesOf } from "./solution-nodes";
import { endOf, REACHED, type SolvedPhase } from "./solved-phase";

/** An error is the largest of those at these multiples of the clock: at one alone it may change its sign. */
const NEARBY = [1, 0.5, 0.7, 0.85, 1.2, 1.4, 2];
/** The same for the distance of two clocks. */
const NEARBY_LAGS = [0.6, 0.8, 1.25, 1.6];
/** Of the difference from the coarser grid, how much the error of the finer one may be; steps are shorter where a signal is found. */
const SHARE = { regular: 1, escaping: 0.6 };
/** What the settling of rows leaves. */
const FLOOR = 2e-10;

/**
 * The public face of a run: of its finest history, with errors from the coarser one, where there is one. Every quantity is interpolated
 * in ln s and along the rows. Series: loss, multiplier; with a signal overlap; with several channels loss[k], in the order of the terms.
 */
export function createSolution(
  { problem, until: asked, stretches = [] }: Pick<AgingRun, "problem" | "until"> & Partial<AgingRun>,
  histories: readonly AgingHistory[],
  notes: readonly string[] = [],
  written?: Written,
): LeveledSolution {
  const { schedule } = problem;
  const fine = histories[histories.length - 1];
  const levels = histories.slice(-2).reverse();
  const last = schedule.clock(asked);
  const reached = Math.min(...levels.map(({ phases }) => endOf(phases[phases.length - 1])));
  // But for rounding.
  const isWhole = reached >= last * (1 - REACHED);
  const [end, until] = isWhole ? [last, asked] : [reached, schedule.time(reached)];
  const deviation = createDeviation(problem, fine);
  const share = escapes(problem) ? SHARE.escaping : SHARE.regular;
  // Both grids follow a table to how far it is from the curve that it samples, which their difference does not show.
  const least = FLOOR + Math.max(0, ...stretches.map(({ sag }) => sag));
  const picks = seriesOf(problem);
  const overlap = overlapScaleOf(problem);
  const names = Object.keys(picks);

  function clockOf(t: number, parameter: string): number {
    checkSolved(t, until, parameter);
    return Math.min(end, schedule.clock(t));
  }

  /** A value on the finest level, and its error: the largest difference of the levels at places nearby. */
  function compare<Place>(
    nearby: readonly Place[],
    read: (level: AgingHistory, place: Place) => number,
    floor = least,
  ): Estimate {
    const value = read(levels[0], nearby[0]);
    if (levels.length === 1) return { value };
    const differences = nearby.map(
      (place, k) => (k === 0 ? value : read(levels[0], place)) - read(levels[1], place),
    );
    return {
      value,
      error: share * Math.max(...differences.map(Math.abs)) + floor * Math.max(1, Math.abs(value)),
    };
  }
  const nearbyClocks = (s: number) => NEARBY.map((factor) => Math.min(end, factor * s));

  /** An overlap from its unknown, and how far it is off from how far that is. */
  const asOverlap = ({ value, error: off = 0 }: Estimate): Estimate => {
    const found = overlap.value(value);
    return {
      value: found,
      error: Math.max(...[-off, off].map((d) => Math.abs(overlap.value(value + d) - found))),
    };
  };
  const series = (times: ArrayLike<number>, read: (name: string, s: number) => Estimate, errors: boolean) =>
    readSeries(
      problem,
      names,
      times,
      (t) => clockOf(t, "time"),
      (name, s) => (name === "overlap" ? asOverlap(read(name, s)) : read(name, s)),
      errors,
    );
  const sample = (times: ArrayLike<number>) =>
    series(
      times,
      (name, s) => compare(nearbyClocks(s), (level, at) => interpolateSeries(level, picks[name], at)),
      levels.length > 1,
    );
  const sampleOf =
    (level: AgingHistory): LevelSample =>
    (times) =>
      series(times, (name, s) => ({ value: interpolateSeries(level, picks[name], s) }), false);

  function derived(
    times: ArrayLike<number>,
    of: (level: LevelSample, times: Float64Array) => ArrayLike<number>,
  ): { value: Float64Array; error?: Float64Array } {
    const given = Float64Array.from(times);
    const tables = (levels.length > 1 ? NEARBY : [1]).map((factor) => {
      const shifted = given.map((t) =>
        factor === 1 ? t : schedule.time(Math.min(end, factor * schedule.clock(t))),
      );
      return levels.map((level) =>
        of(
          sampleOf(level),
          shifted.map((t) => Math.min(t, until)),
        ),
      );
    });
    const value = Float64Array.from(tables[0][0]);
    if (levels.length === 1) return { value };
    const error = value.map((found, k) => {
      const differences = tables.map(([a, b]) => Math.abs(a[k] - b[k]));
      return share * Math.max(...differences) + least * Math.max(1, Math.abs(found));
    });
    return { value, error };
  }

  /** Clocks t ≥ t′ of a pair of times. */
  function clocksOf(t: number, tPrime: number): ClockPair {
    const [late, early] = [clockOf(t, "time"), clockOf(tPrime, "timePrime")];
    return { late, early, lag: schedule.clockBetween(tPrime, Math.min(t, until)) };
  }

  function nearbyPairs(pair: ClockPair): ClockPair[] {
    const { late, early, lag } = pair;
    const scaled = (factor: number) => ({ late: factor * late, early: factor * early, lag: factor * lag });
    return [
      pair,
      ...NEARBY.slice(1).map((factor) => scaled(Math.min(factor, end / late))),
      ...NEARBY_LAGS.map((factor) => Math.min(factor * lag, late)).map((d) => ({
        late,
        early: late - d,
        lag: d,
      })),
    ];
  }

  function estimate(quantity: string, t: number, tPrime: number): Estimate {
    const pair = t >= tPrime ? clocksOf(t, tPrime) : clocksOf(tPrime, t);
    const known = knownPair(quantity, t, tPrime);
    if (known) return known;
    const component = quantity === "response" ? 1 : 0;
    // A change of R counts with its distance from the diagonal: see setWeights of march.ts.
    const floor = component === 1 ? least / (1 + pair.lag) : least;
    const found = compare(nearbyPairs(pair), (level, at) => interpolatePair(level, at, component), floor);
    if (component === 1 || found.error === undefined) return found;
    return { ...found, error: Math.max(found.error, deviation(pair.late)) };
  }

  const pairsOf =
    (level: AgingHistory): LevelPair =>
    (quantity, t, tPrime) =>
      t === tPrime ? 1 : interpolatePair(level, clocksOf(t, tPrime), quantity === "response" ? 1 : 0);

  function derivedPair(
    t: number,
    tPrime: number,
    of: (level: LevelPair, t: number, tPrime: number) => number,
  ): Estimate {
    const asked = clocksOf(t, tPrime);
    return compare(nearbyPairs(asked), (level, pair) =>
      pair.late === asked.late && pair.early === asked.early
        ? of(pairsOf(level), t, tPrime)
        : of(pairsOf(level), Math.min(until, schedule.time(pair.late)), schedule.time(pair.early)),
    );
  }

  return {
    ...sample(timesOf(problem, fine, end, until)),
    sample,
    derived,
    derivedPair,
    estimate,
    twoTime: TWO_TIME,
    nodes: nodesOf(problem, fine, end, until),
    work: workOf(histories, written),
    ...asFunctions(estimate),
    notes,
  };
}

/** What all histories of a run took. */
function workOf(histories: readonly AgingHistory[], written?: Written): SolverWork {
  const sum = (of: (effort: Effort) => number) =>
    histories.reduce((total, { effort }) => total + of(effort), 0);
  return {
    counts: {
      rows: sum(({ rows }) => rows),
      iterations: sum(({ iterations }) => iterations),
      factorisations: sum(({ factorisations }) => factorisations),
      "rows repeated": sum(({ rejected }) => rejected),
      "failed rows": sum(({ failed }) => failed),
      ...(written && { checkpoints: written.saves, "bytes of a checkpoint": written.bytes }),
    },
    seconds: {
      "rows of the past": sum(({ seconds }) => seconds.past),
      equations: sum(({ seconds }) => seconds.equations),
      derivatives: sum(({ seconds }) => seconds.derivatives),
      "linear equations": sum(({ seconds }) => seconds.linear),
      ...(written && { checkpoints: written.seconds }),
    },
  };
}

/** `multiplier` holds z − T_eff, to which T_eff is added, exactly, where it is sampled; `overlap` holds its unknown. */
function seriesOf(problem: TwoTimeProblem) {
  const { covariance } = problem;
  type Pick = (solved: SolvedPhase) => { readonly values: Float64Array; readonly start: number };
  const picks: Record<string, Pick> = {
    loss: ({ losses, startLosses }) => ({
      values: losses.reduce((sum, channel) => sum.map((x, r) => x + channel[r])),
      start: startLosses.reduce((a, b) => a + b),
    }),
    multiplier: ({ rows, start }) => ({ values: rows.reduced, start: start.reduced }),
  };
  if (problem.initialOverlap !== undefined) {
    picks.overlap = ({ rows, start }) => ({ values: rows.logOverlap, start: start.logOverlap });
  }
  if (covariance.terms.length > 1) {
    for (const k of covariance.terms.keys()) {
      picks[`loss[${k}]`] = ({ losses, startLosses }) => ({ values: losses[k], start: startLosses[k] });
    }
  }
  return picks;
}
