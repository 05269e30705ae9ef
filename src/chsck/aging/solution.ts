import { numberList } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Estimate, SolverWork, Trajectory, TwoTimeNodes } from "../../core/results";
import type { Written } from "../../core/saved-states";
import type { TwoTimeProblem } from "../problem";
import type { LeveledSolution, LevelPair, LevelSample } from "../solution";
import { createDeviation } from "./expansion";
import type { AgingHistory, AgingRun } from "./history";
import { type ClockPair, elapsedOf, interpolatePair, interpolateSeries } from "./interpolation";
import type { Effort } from "./newton";
import { escapes, overlapScaleOf } from "./overlap";
import { clockAt, endOf, KNOWN_ROWS, type SolvedPhase } from "./solved-phase";

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
  const { schedule, temperature } = problem;
  const fine = histories[histories.length - 1];
  const levels = histories.slice(-2).reverse();
  const end = Math.min(...levels.map(({ phases }) => endOf(phases[phases.length - 1])));
  const until = end >= schedule.clock(asked) ? asked : schedule.time(end);
  const deviation = createDeviation(problem, fine);
  const share = escapes(problem) ? SHARE.escaping : SHARE.regular;
  // Both grids follow a table to how far it is from the curve that it samples, which their difference does not show.
  const least = FLOOR + Math.max(0, ...stretches.map(({ sag }) => sag));
  const picks = seriesOf(problem);
  const overlap = overlapScaleOf(problem);
  const names = Object.keys(picks);
  const noise = (t: number) => (temperature === 0 ? 0 : temperature * schedule.rate(t));

  function clockOf(t: number, parameter: string): number {
    if (!(t >= 0 && t <= until * (1 + 1e-12))) {
      throw new InvalidParameterError(parameter, t, `0 to ${until}, the times that were solved`);
    }
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

  function series(times: ArrayLike<number>, estimate: (name: string, s: number) => Estimate): Trajectory {
    const time = numberList("times", times);
    const clocks = time.map((t) => clockOf(t, "time"));
    const values: Record<string, Float64Array> = {};
    const error: Record<string, Float64Array> = {};
    for (const name of names) {
      const found = Array.from(clocks, (s) => estimate(name, s));
      if (name === "overlap") {
        values[name] = Float64Array.from(found, (w) => overlap.value(w.value));
        error[name] = Float64Array.from(found, ({ value, error: off = 0 }) =>
          Math.max(...[-off, off].map((d) => Math.abs(overlap.value(value + d) - overlap.value(value)))),
        );
      } else {
        values[name] = time.map((t, k) => found[k].value + (name === "multiplier" ? noise(t) : 0));
        error[name] = Float64Array.from(found, (e) => e.error ?? 0);
      }
    }
    return levels.length > 1 ? { time, series: values, error } : { time, series: values };
  }

  const sample = (times: ArrayLike<number>) =>
    series(times, (name, s) =>
      compare(nearbyClocks(s), (level, at) => interpolateSeries(level, picks[name], at)),
    );
  const sampleOf = (level: AgingHistory): LevelSample => {
    return (times) => {
      const { time, series: found } = series(times, (name, s) => ({
        value: interpolateSeries(level, picks[name], s),
      }));
      return { time, series: found };
    };
  };

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
    if (t === tPrime) return { value: 1, error: 0 };
    if (quantity === "response" && t < tPrime) return { value: 0, error: 0 };
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
    twoTime: ["correlation", "response"],
    nodes: nodesOf(problem, fine, end, until),
    work: workOf(histories, written),
    correlation: (t, tPrime) => estimate("correlation", t, tPrime).value,
    response: (t, tPrime) => estimate("response", t, tPrime).value,
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

/** 0 and the rows that were solved. */
function timesOf(
  { schedule }: TwoTimeProblem,
  history: AgingHistory,
  end: number,
  until: number,
): Float64Array {
  const clocks = history.phases.flatMap(({ start, rows, count }) =>
    Array.from(rows.elapsed.subarray(KNOWN_ROWS - 1, count), (elapsed) => start.clock + elapsed),
  );
  const before = clocks.filter((s) => s < end).map((s) => schedule.time(s));
  return Float64Array.of(0, ...before, until);
}

/** The rows that were solved, and across each the nodes of its panels. */
function nodesOf(
  { schedule }: TwoTimeProblem,
  { phases }: AgingHistory,
  end: number,
  until: number,
): TwoTimeNodes {
  const all = phases.flatMap((solved) =>
    Array.from(solved.rows.sigma.subarray(KNOWN_ROWS - 1, solved.count), (sigma, r) => ({
      solved,
      sigma,
      clock: clockAt(solved, KNOWN_ROWS - 1 + r),
    })),
  );
  const inside = all.filter(({ clock }) => clock <= end);
  const timeOf = (clock: number) => Math.min(until, schedule.time(Math.min(clock, end)));
  return {
    time: Float64Array.from(inside, ({ clock }) => timeOf(clock)),
    earlier(k) {
      const { solved, sigma } = inside[k];
      const { start: from, grid } = solved;
      const panels = [...from.old, { start: from.clock, length: sigma }];
      // Neighbouring panels share a node.
      return Float64Array.from(
        panels.flatMap(({ start, length }, p) =>
          Array.from(p === 0 ? grid.phi : grid.phi.subarray(1), (share) =>
            timeOf(start + elapsedOf(solved, share * length)),
          ),
        ),
      );
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
