import { type Covariance, channels as channelsOf } from "../../models/covariance";
import type { TwoTimeProblem } from "../problem";
import { type History, rowStart } from "./history";
import { createMemory, MEMORY_VECTORS } from "./memory";

/** The right-hand sides dC/dy, dR/dy, dm/dy along a finished row. */
interface Slopes {
  readonly correlation: Float64Array;
  readonly response: Float64Array;
  overlap: number;
}

/** Solves one row of the history after the other; the steps of a row are called in this order. */
export interface RowSolver {
  /** Fills row i with a guess from the rows before; `age` is the number of steps since the last kink. */
  predict(i: number, age: number): void;
  /** Starts the memory integrals along the trial row. */
  load(i: number): void;
  /** Adds rows `from` ≤ k < `to` to the integrals. */
  sweep(from: number, to: number): void;
  /** The trapezoid step with the integrals as they stand; returns the largest change of the trial row. */
  correct(i: number): number;
  /** Brings the integrals up to the corrected row; `neglect` is the share of the change left out. */
  update(i: number, neglect: number): void;
  /** Keeps slopes, drive and losses of the finished row; tells whether it is finite, with |C| ≤ `largest`. */
  finish(i: number, largest: number): boolean;
}

/** Rows younger than this (in steps since the start or a kink) have too little past for the predictor. */
export const YOUNG = 8;
/** Vectors along the row, apart from those of its memory. */
const ROW_VECTORS = 17;
/** Rows whose slopes are kept. */
const SLOPES = 4;

/** Lengths of the vectors that {@link createRowSolver} takes from the workspace of its history. */
export function rowRoom(covariance: Covariance, size: number): number[] {
  const parts = channelsOf(covariance).map((channel) => channel.firstCoefficients);
  const polynomials = [covariance.firstCoefficients, covariance.secondCoefficients, ...parts];
  return [...Array(MEMORY_VECTORS + ROW_VECTORS).fill(size), ...polynomials.map(({ length }) => length)];
}

/**
 * One row of the two-time equations in the clock (corrected, see docs/errata.md: R starts at 1, one factor
 * ds in every integral, no noise term in dC/dt for t > t'):
 *
 *   dC(t,t')/ds = −z C(t,t') + Q'(m) m' + ∫₀ᵗ Q''(C(t,u)) R(t,u) C(u,t') du + ∫₀ᵗ' Q'(C(t,u)) R(t',u) du
 *   dR(t,t')/ds = −z R(t,t') + ∫_t'ᵗ Q''(C(t,u)) R(t,u) R(u,t') du
 *   dm/ds       = −z m + Q'(m) + ∫₀ᵗ Q''(C(t,u)) R(t,u) m(u) du
 *   z           = T_eff + Q'(m) m + ∫₀ᵗ R(t,u) [Q'(C) + Q''(C) C](t,u) du
 *
 * by the trapezoid rule in both variables. The integrals are taken along a fourth-order guess of the row, so
 * that one sweep a step keeps the error series of the trapezoid rule; −z C and the end point u = t of the
 * integrals, which multiplies the unknown itself, are implicit.
 */
export function createRowSolver(problem: TwoTimeProblem, history: History): RowSolver {
  const { covariance } = problem;
  const { grid, workspace, correlation, response, overlap } = history;
  const { ending, starting, inner, noise, speed } = grid;
  const { kernels } = workspace;
  const vector = () => workspace.float64(grid.size);
  /** A copy where the kernels can read it. */
  const copy = (values: Float64Array) => {
    const view = workspace.float64(values.length);
    view.set(values);
    return view;
  };
  const [endings, startings, inners] = [ending, starting, inner].map(copy);
  const memory = createMemory(history, inners);
  const [first, second, trial, zeros] = Array.from({ length: 4 }, vector);
  /** The right-hand sides without the decay, by column, and of the overlap. */
  const [pullCorrelation, pullResponse] = [vector(), vector()];
  let pullOverlap = 0;
  const planted = (problem.initialOverlap ?? 0) !== 0;
  /** Slopes of the last rows, row i at i mod 4. */
  const slopes: Slopes[] = Array.from({ length: SLOPES }, () => ({
    correlation: vector(),
    response: vector(),
    overlap: 0,
  }));
  const slopesOf = (i: number) => slopes[(i + SLOPES) % SLOPES];
  const [firstOf, secondOf] = [covariance.firstCoefficients, covariance.secondCoefficients].map(copy);
  const channels = channelsOf(covariance).map((channel) => ({
    ...channel,
    firstOf: copy(channel.firstCoefficients),
  }));
  const firstAtOne = covariance.first(1);
  const secondAtOne = covariance.second(1);

  const stepInto = (i: number) => grid.segments.find((s) => i <= s.last)!.step;
  /** Row i with its diagonal. */
  const row = (values: Float64Array, i: number) => values.subarray(rowStart(i), rowStart(i) + i + 1);
  /** The row being solved, and the one before it. */
  let [c, r] = [row(correlation, 0), row(response, 0)];
  let [lastC, lastR] = [c, r];

  /** Q' and Q'' along row i. */
  function evaluate(i: number): void {
    kernels.polynomial(i, firstOf.length - 1, firstOf, c, first);
    kernels.polynomial(i, secondOf.length - 1, secondOf, c, second);
  }

  /** z − T_eff of row i, which must be the one last evaluated. */
  function drive(i: number): number {
    const ends = covariance.first(overlap[i]) * overlap[i] + ending[i] * (firstAtOne + secondAtOne);
    return ends + kernels.driveOfRow(i, inners, r, first, second, c);
  }

  /** Rate of decay of row i, given its drive: z ds/dy less the end point of the integrals. */
  const decayRate = (i: number, push: number) => noise[i] + speed[i] * (push - ending[i] * secondAtOne);

  /** The sweep gave whole weights to column j, where ∫₀ᵗ' ends and ∫_t'ᵗ starts: half of them is taken off. */
  function pull(i: number): void {
    const field = covariance.first(overlap[i]);
    const { correlation: sums, forcing, response: delayed, kernel } = memory;
    kernels.pullOnCorrelation(i, speed[i], sums, forcing, startings, first, field, overlap, pullCorrelation);
    kernels.pullOnResponse(i, speed[i], delayed, endings, second, r, pullResponse);
    let past = 0;
    if (planted) for (let j = 0; j < i; j++) past += kernel[j] * overlap[j];
    pullOverlap = speed[i] * (field + past);
  }

  function predictRow(
    i: number,
    age: number,
    values: Float64Array,
    last: Float64Array,
    now: Float64Array,
    pick: (s: Slopes) => Float64Array,
  ): void {
    const h = stepInto(i);
    const [f1, f2, f3, f4] = [1, 2, 3, 4].map((back) => pick(slopesOf(i - back)));
    now[i] = 1;
    if (age < YOUNG) {
      for (let j = 0; j < i; j++) now[j] = last[j] + h * f1[j];
      return;
    }
    // The trapezoid rule with the slope extrapolated; the youngest columns go on along the diagonals.
    kernels.extrapolateRow(i - 3, last, 2.5 * h, f1, -3 * h, f2, 2 * h, f3, -0.5 * h, f4, now);
    const [last1, last2, last3, last4] = [1, 2, 3, 4].map((back) => rowStart(i - back));
    for (let j = i - 3; j < i; j++) {
      now[j] =
        4 * (values[last1 + j - 1] + values[last3 + j - 3]) -
        6 * values[last2 + j - 2] -
        values[last4 + j - 4];
    }
  }

  return {
    predict(i, age) {
      if (i === 0) {
        correlation[0] = 1;
        response[0] = 1;
        overlap[0] = problem.initialOverlap ?? 0;
        return;
      }
      [lastC, lastR] = [c, r];
      [c, r] = [row(correlation, i), row(response, i)];
      predictRow(i, age, correlation, lastC, c, (s) => s.correlation);
      predictRow(i, age, response, lastR, r, (s) => s.response);
      const [f1, f2, f3, f4] = [1, 2, 3, 4].map((back) => slopesOf(i - back).overlap);
      const slope = age < YOUNG ? f1 : 0.5 * (5 * f1 - 6 * f2 + 4 * f3 - f4);
      overlap[i] = overlap[i - 1] + stepInto(i) * slope;
    },

    load(i) {
      evaluate(i);
      memory.load(i, first, second);
    },

    sweep: memory.sweep,

    update(i, neglect) {
      memory.update(i, first, second, neglect);
    },

    correct(i) {
      const half = 0.5 * stepInto(i);
      const before = slopesOf(i - 1);
      trial.set(c);
      pull(i);
      // Twice, since the rate of decay is made of the row itself.
      for (let pass = 0; pass < 2; pass++) {
        const scale = 1 / (1 + half * decayRate(i, drive(i)));
        kernels.stepRow(i, scale, lastC, half, before.correlation, pullCorrelation, c);
        kernels.stepRow(i, scale, lastR, half, before.response, pullResponse, r);
        overlap[i] = scale * (overlap[i - 1] + half * (before.overlap + pullOverlap));
        evaluate(i);
      }
      return kernels.largestDifference(i, c, trial);
    },

    finish(i, largest) {
      if (i === 0) pull(0);
      const push = drive(i);
      const decay = decayRate(i, push);
      const slope = slopesOf(i);
      kernels.slopeOfRow(i, pullCorrelation, decay, c, slope.correlation);
      kernels.slopeOfRow(i, pullResponse, decay, r, slope.response);
      // On the diagonal dC/ds = −T_eff and dR/ds = −z, as the equations demand of C(t,t) = 1.
      slope.correlation[i] = -noise[i];
      slope.response[i] = -noise[i] - speed[i] * push;
      slope.overlap = pullOverlap - decay * overlap[i];
      history.drive[i] = push;
      channels.forEach((channel, k) => {
        // One channel alone is the whole covariance, which has been evaluated.
        const alone = channels.length === 1;
        if (!alone) kernels.polynomial(i, channel.firstOf.length - 1, channel.firstOf, c, trial);
        const ends = channel.value(overlap[i]) + ending[i] * channel.first(1);
        history.losses[k][i] = -(ends + kernels.weightedProduct(i, inners, r, alone ? first : trial));
      });
      // The drive is made of all C and R: it is not finite where one of them is not.
      return Number.isFinite(push) && kernels.largestDifference(i, c, zeros) <= largest;
    },
  };
}
