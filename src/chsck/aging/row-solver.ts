import { ConvergenceError } from "../../core/errors";
import { channels } from "../../models/covariance";
import type { TwoTimeProblem } from "../problem";
import { delayOf } from "./crossing";
import { backwardDifference, extrapolation, growthDifference } from "./differences";
import { elapsedAt, internalAfter, rateOf } from "./gauge";
import { countOf, findFault } from "./monitors";
import type { Effort } from "./newton";
import { escapes, overlapScaleOf, plantedLoss } from "./overlap";
import type { RowState, RowStep } from "./panels";
import type { Phase } from "./phase";
import { keepCrowded, rowOf } from "./rows";
import { KNOWN_ROWS, landscapeTime, type SolvedPhase } from "./solved-phase";
import type { Spacing } from "./spacing";
import { isConstant } from "./stretches";

/** Rows are interpolated by six rows up to here, in units of the landscape's time, then by four. */
const SIX_ROWS_UNTIL = 1e3;
const ORDER = 4;
const PREDICTED_FROM = 5;
/** Newton's iteration settles where its change is below this, or what rounding leaves of it late. */
const SETTLED = 1e-10;
/** With a signal, whose runs are short against their age, it need not be closer than this share of what a row may be off its prediction. */
const SETTLED_SHARE = { share: 0.01, most: 1e-8 };
const ROUNDING = 1e-14;
/** What a change of the rate of the clock counts, where rows have an internal time. */
const RATE_COUNTS = 1e-3;
/** With so many rows left, they are made to end on the last place. */
const LANDING = 12;
const SHORTENED = 0.3;
const SHORTEST = 1e-7;
const MOST_FAILED = 400;
/** A row is done again, shorter, where it is so many times further from its prediction than it may. */
const REJECTED = 4;

/** How the rows of a phase are solved: up to the clock `end`, where T_eff(s) is `noise`. */
export interface RowOptions {
  readonly end: number;
  readonly noise: (clock: number) => number;
  /** What T_eff may be off its prediction at any accuracy. */
  readonly leeway: number;
  readonly spacing: Spacing;
  readonly effort: Effort;
  /** The paper's t of a clock, for messages. */
  readonly time: (clock: number) => number;
}

export type RowSolver = ReturnType<typeof createRowSolver>;

/** @throws ConvergenceError from `solveRow` where a row cannot be solved. */
export function createRowSolver(
  problem: TwoTimeProblem,
  solved: SolvedPhase,
  phase: Phase,
  options: RowOptions,
) {
  const { losses, iterations, gauge } = solved;
  const { rows, stencils, newton } = phase;
  const { size } = stencils.grid;
  const { effort, end } = options;
  const old = phase.start.old;
  const unit = landscapeTime(problem);
  const terms = channels(problem.covariance);
  const weights = new Float64Array(rows.width).fill(1);
  const scale = overlapScaleOf(problem);
  const changeOf = (logOverlap: number) => Math.abs(scale.slope(logOverlap));
  /** dm/dw where m was largest so far. */
  let largestChange = Math.max(
    ...[phase.start.logOverlap, ...old.flatMap((panel) => Array.from(panel.logOverlap))].map(changeOf),
  );
  const seeOverlap = (r: number) => {
    largestChange = Math.max(largestChange, changeOf(rows.logOverlap[r]));
  };
  // In an internal time, rows that are shorter than the nodes are apart feed back on themselves.
  const { noise } = options;
  const changes = !isConstant({ from: phase.start.clock, to: end, noise });
  const isPredicted = !gauge && (escapes(problem) || changes);
  const accuracy = isPredicted ? Math.max(options.spacing.predicted, options.leeway) : Infinity;
  const settledAt = escapes(problem)
    ? Math.max(SETTLED, Math.min(SETTLED_SHARE.most, SETTLED_SHARE.share * options.spacing.predicted))
    : SETTLED;
  const guess = { pairs: new Float64Array(rows.width), reduced: 0, logOverlap: 0 };
  const lengths = (sigma: number) => [...old.map(({ length }) => length), sigma];

  /**
   * A change of C counts as it is, one of R with its time from s, one of z as it shows in the approach to the threshold, and one of m
   * against the largest that it was.
   */
  function setWeights(r: number, sigma: number, clock: number): void {
    const { psi } = stencils.nodes;
    for (let i = 0, at = 0; i <= old.length; i++) {
      const [after, length] =
        i < old.length ? [clock - old[i].start - old[i].length, old[i].length] : [0, sigma];
      for (let k = 0; k < size && at < rows.width - 2; k++, at += 2) {
        weights[at + 1] = (1 + (after + length * psi[k]) / unit) ** 2;
      }
    }
    weights[rows.width - 2] = (1 + clock / unit) ** (4 / 3);
    weights[rows.width - 1] = gauge
      ? RATE_COUNTS ** 2
      : Math.min(1, changeOf(rows.logOverlap[r - 1]) / largestChange) ** 2;
  }

  function predict(r: number): RowState {
    const pairs = rowOf(rows, r);
    const ahead = extrapolation(rows.place, r, PREDICTED_FROM);
    pairs.fill(0);
    let reduced = 0;
    let logOverlap = 0;
    for (const [q, weight] of ahead.entries()) {
      const before = rowOf(rows, r - 1 - q);
      for (let at = 0; at < pairs.length; at++) pairs[at] += weight * before[at];
      reduced += weight * rows.reduced[r - 1 - q];
      logOverlap += weight * rows.logOverlap[r - 1 - q];
    }
    // What is extrapolated at the last node is the rate of the clock, or 1 but for rounding.
    pairs[pairs.length - 2] = 1;
    if (!gauge) pairs[pairs.length - 1] = 1;
    guess.pairs.set(pairs);
    guess.reduced = reduced;
    guess.logOverlap = logOverlap;
    return { pairs, multiplier: reduced, logOverlap };
  }

  /** The clock of a row that is still to be solved, by its predicted rate. */
  function setElapsed(r: number): void {
    rows.elapsed[r] = rows.sigma[r];
    if (!gauge) return;
    const ahead = extrapolation(rows.place, r, PREDICTED_FROM);
    const rate = ahead.reduce((sum, weight, q) => sum + weight * rateOf(rows, r - 1 - q), 0);
    rows.pairs[(r + 1) * rows.width - 1] = rate;
    rows.elapsed[r] = elapsedAt(rows, r);
  }

  /** Sets out for row r at the given place. */
  function prepare(r: number, place: number, sigma: number): RowStep {
    const begin = performance.now();
    rows.sigma[r] = sigma;
    rows.place[r] = place;
    if (r === solved.count) setElapsed(r);
    const clock = phase.start.clock + rows.elapsed[r];
    phase.prepare(r, sigma < SIX_ROWS_UNTIL * unit && !gauge ? 6 : 4);
    effort.seconds.past += (performance.now() - begin) / 1000;
    return {
      r,
      place,
      sigma,
      clock,
      noise: noise(clock),
      lengths: lengths(sigma),
      derivative: backwardDifference(rows.place, r, ORDER),
      growth: growthDifference(rows, r, ORDER),
    };
  }

  function attempt(step: RowStep, full: boolean): number | undefined {
    const { r, sigma, clock, noise } = step;
    setWeights(r, sigma, clock);
    const state = predict(r);
    state.multiplier += noise;
    const settled = Math.max(settledAt, (ROUNDING * clock) / unit);
    const count = newton.solve(step, state, weights, settled, full);
    rows.reduced[r] = state.multiplier - noise;
    rows.logOverlap[r] = state.logOverlap;
    if (gauge) rows.elapsed[r] = elapsedAt(rows, r);
    return count;
  }

  /** How far a row is from what was predicted, where its changes count (A.11). */
  function surprise(r: number): number {
    const row = rowOf(rows, r);
    const clock = phase.start.clock + rows.elapsed[r];
    let largest = Math.abs(rows.reduced[r] - guess.reduced) / (1 + Math.abs(guess.reduced));
    for (let at = 0; at < row.length; at += 2) {
      const counts = countOf(clock, row[at + 1]);
      largest = Math.max(
        largest,
        counts * Math.abs(row[at] - guess.pairs[at]),
        Math.abs(row[at + 1] - guess.pairs[at + 1]),
      );
    }
    const change = Math.abs(rows.logOverlap[r] - guess.logOverlap);
    const overlap = changeOf(rows.logOverlap[r]);
    return Math.max(largest, change * Math.min(1, 10 * overlap, 0.05) * delayOf(rows, r, unit));
  }

  function keepLosses(r: number): void {
    const row = rowOf(rows, r);
    const { weight } = stencils.nodes;
    seeOverlap(r);
    const overlap = scale.value(rows.logOverlap[r]);
    const lengthsOf = lengths(rows.sigma[r]);
    for (const [term, channel] of terms.entries()) {
      let sum = 0;
      for (let i = 0; i <= old.length; i++) {
        let ofPanel = 0;
        for (let k = 0; k < size; k++) {
          const at = 2 * (i * size + k);
          ofPanel += weight[k] * row[at + 1] * channel.first(row[at]);
        }
        sum += lengthsOf[i] * ofPanel;
      }
      losses[term][r] = plantedLoss(problem, channel, overlap) - sum; // (T.5)
    }
  }

  function failure(r: number, what: string): ConvergenceError {
    const reached = options.time(phase.start.clock + rows.elapsed[r - 1]);
    return new ConvergenceError(`After t = ${reached.toPrecision(6)} ${what} on the aging grid.`, {
      reached,
      advice: "Solve up to an earlier time, or give another method.tolerance.",
    });
  }

  return {
    keepLosses,
    failure,
    /** The state of the solver before row `solved.count`, where there are rows already. */
    restore() {
      const { count, kept } = solved;
      for (let r = 0; r < count; r++) {
        keepCrowded(stencils.grid, rows, r);
        seeOverlap(r);
      }
      // What a milestone reads of the last row.
      prepare(count - 1, rows.place[count - 1], rows.sigma[count - 1]);
      if (!kept) return;
      const { r, place, sigma, multiplier, logOverlap } = kept;
      const [placeNow, sigmaNow] = [rows.place[r], rows.sigma[r]];
      newton.restore(prepare(r, place, sigma), { pairs: kept.pairs.slice(), multiplier, logOverlap });
      rows.place[r] = placeNow;
      rows.sigma[r] = sigmaNow;
      prepare(count - 1, rows.place[count - 1], rows.sigma[count - 1]);
    },
    /**
     * Solves row r at the given distance, or a shorter one, and returns the distance.
     * @param isFree whether it may be as far from its prediction as it likes.
     */
    solveRow(r: number, wanted: number, isFree: boolean): number {
      const length = end - phase.start.clock;
      for (let spacing = wanted; ; spacing *= SHORTENED) {
        const last = gauge ? internalAfter(rows, r - 1, length) : length;
        const left = last - rows.sigma[r - 1];
        const rest = Math.log1p(left / rows.sigma[r - 1]);
        const lands = rest <= spacing * 1.0001;
        const taken = lands
          ? rest
          : rest < LANDING * spacing
            ? rest / Math.ceil(rest / spacing - 1e-9)
            : spacing;
        if (taken !== spacing && solved.landing.length !== length) solved.landing = { row: r, length };
        const place = rows.place[r - 1] + taken;
        const step = prepare(r, place, lands ? last : rows.sigma[r - 1] * Math.exp(taken));
        const count = attempt(step, false) ?? attempt(step, true);
        const isHeld = accuracy < Infinity && !isFree && r > KNOWN_ROWS + 6;
        const error = count !== undefined && isHeld ? surprise(r) : 0;
        const fits = (accuracy / error) ** (1 / PREDICTED_FROM);
        if (error > REJECTED * accuracy && taken > SHORTEST) {
          effort.rejected++;
          spacing = (taken * Math.max(0.25, Math.min(0.7, fits))) / SHORTENED;
          continue;
        }
        if (count !== undefined) {
          solved.longest = error > 0 ? taken * Math.max(0.5, Math.min(1.2, 0.9 * fits)) : Infinity;
          iterations[r] = count;
          effort.rows++;
          solved.kept = newton.kept();
          keepCrowded(stencils.grid, rows, r);
          keepLosses(r);
          const fault = findFault(problem, solved, r);
          if (fault) throw failure(r, fault);
          return taken;
        }
        effort.failed++;
        if (spacing < SHORTEST || effort.failed > MOST_FAILED) throw failure(r, "no further row is found");
      }
    },
  };
}
