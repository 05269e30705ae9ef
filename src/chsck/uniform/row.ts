import type { Covariance } from "../../models/covariance";
import { plantingOf } from "../../models/planted-start";
import type { TwoTimeProblem } from "../problem";
import type { History } from "./history";
import { createLosses } from "./losses";
import { createMemory, MEMORY_VECTORS } from "./memory";
import { createMultiplier } from "./multiplier";
import { createPredictor } from "./predictor";
import { createRightSides } from "./right-sides";
import { createRowVectors, ofLatest, storeRow, rowRoom as vectorsOfRow } from "./vectors";

/**
 * |C| ≤ 1 in the exact solution; beyond this the step is too long for the dynamics. No loss is below the lowest of the
 * landscape, but for rounding.
 */
const LARGEST_CORRELATION = 1.005;
const LOWEST_LOSS = 1 + 1e-6;

/** What shows that a row is no solution. */
export type Unphysical =
  | "|C| exceeded 1"
  | "the loss fell below the lowest of the landscape"
  | "a value overflowed";

/** Solves one row of the history after the other; the steps of a row are called in this order. */
export interface RowSolver {
  /** Fills row i with a guess from the rows before; `age` is the number of steps since the last kink. */
  predict(i: number, age: number): void;
  /** Starts the memory integrals along the trial row; returns the oldest row that matters. */
  load(i: number): number;
  /** Adds rows `from` ≤ k < `to` to the integrals. */
  sweep(from: number, to: number): void;
  /** The trapezoid step with the integrals as they stand; returns the largest change of C along the trial row. */
  correct(i: number): number;
  /** Brings the integrals up to the corrected row; `neglect` is the share of the change left out. */
  update(i: number, neglect: number): void;
  /** Keeps the finished row, its slopes, multiplier and losses; returns what is unphysical in it, if anything. */
  finish(i: number): Unphysical | undefined;
}

/** Lengths of the vectors that {@link createRowSolver} takes from the workspace of its history. */
export function rowRoom(covariance: Covariance, size: number): number[] {
  return [...vectorsOfRow(covariance, size), ...Array(MEMORY_VECTORS).fill(size)];
}

/**
 * One row of the two-time equations (T.1) to (T.5), by the trapezoid rule in both variables. The integrals are taken along a
 * fourth-order guess of the row, so that one sweep a step keeps the error series of the trapezoid rule; −z C and the end
 * point u = t of the integrals, which multiplies the unknown itself, are implicit.
 */
export function createRowSolver(problem: TwoTimeProblem, history: History): RowSolver {
  const { grid, workspace, overlap } = history;
  const { before, after } = grid;
  const { kernels } = workspace;
  const vectors = createRowVectors(problem.covariance, history);
  const { row, first, second, coefficients, scratch, zeros } = vectors;
  const memory = createMemory(history, vectors);
  const predictor = createPredictor(history, vectors);
  const multiplier = createMultiplier(problem, history, vectors);
  const rightSides = createRightSides(problem, history, vectors, memory);
  const keepLosses = createLosses(problem, history, vectors);

  const stepInto = (i: number) => grid.segments.find((s) => i <= s.last)!.step;

  /** What the kernels take for a step of C or R, and for its slope. */
  const records = (name: "correlation" | "response") => ({
    step: ofLatest((i) => ({
      base: row(i - 1)[name],
      before: row(i - 1).slope[name],
      now: vectors.rightSides[name],
      out: row(i)[name],
    })),
    slope: ofLatest((i) => ({
      rightSide: vectors.rightSides[name],
      row: row(i)[name],
      out: row(i).slope[name],
    })),
  });
  const [ofCorrelation, ofResponse] = [records("correlation"), records("response")];

  /** Q′ and Q″ along row i. */
  function evaluate(i: number): void {
    const { correlation } = row(i);
    kernels.polynomial(i, coefficients.first.length - 1, coefficients.first, correlation, first);
    kernels.polynomial(i, coefficients.second.length - 1, coefficients.second, correlation, second);
  }

  return {
    predict(i, age) {
      if (i > 0) return predictor(i, age, stepInto(i));
      row(0).correlation[0] = 1;
      row(0).response[0] = 1;
      overlap[0] = plantingOf(problem)?.overlap ?? 0;
    },

    load(i) {
      evaluate(i);
      return memory.load(i);
    },

    sweep: memory.sweep,

    update: memory.update,

    // (T.8)
    correct(i) {
      const half = 0.5 * stepInto(i);
      const slopeBefore = row(i - 1).slope.overlap;
      scratch.set(row(i).correlation);
      rightSides.evaluate(i, before);
      // The rate of decay is made of the trial row too: to renew it alone would take more sweeps, not fewer.
      const scale = 1 / (1 + half * multiplier.decayRate(i, multiplier.reduced(i), before));
      kernels.stepRow(i, scale, half, ofCorrelation.step(i));
      kernels.stepRow(i, scale, half, ofResponse.step(i));
      overlap[i] = scale * (overlap[i - 1] + half * (slopeBefore + rightSides.overlap));
      evaluate(i);
      return kernels.largestDifference(i, row(i).correlation, scratch);
    },

    finish(i) {
      // What the row begins with: where the rate jumps, it is not what the step that ended here took.
      if (i === 0 || before.speed[i] !== after.speed[i]) rightSides.evaluate(i, after);
      const { correlation, slope } = row(i);
      const reducedMultiplier = multiplier.reduced(i);
      const decay = multiplier.decayRate(i, reducedMultiplier, after);
      // (T.10)
      kernels.slopeOfRow(i, decay, ofCorrelation.slope(i));
      kernels.slopeOfRow(i, decay, ofResponse.slope(i));
      slope.overlap = rightSides.overlap - decay * overlap[i];
      // On the diagonal dC/ds = −T_eff and dR/ds = −z, as the equations demand of C(t,t) = 1.
      slope.correlation[i] = -after.noise[i];
      slope.response[i] = -after.noise[i] - after.speed[i] * reducedMultiplier;
      history.reducedMultiplier[i] = reducedMultiplier;
      keepLosses(i);
      storeRow(history, vectors, i);
      // z is made of all C and R: it is not finite where one of them is not.
      if (!Number.isFinite(reducedMultiplier)) return "a value overflowed";
      if (!(kernels.largestDifference(i, correlation, zeros) <= LARGEST_CORRELATION)) return "|C| exceeded 1";
      const loss = history.losses.reduce((sum, channel) => sum + channel[i], 0);
      const { lowestLoss = -Infinity } = problem;
      return loss < lowestLoss * LOWEST_LOSS ? "the loss fell below the lowest of the landscape" : undefined;
    },
  };
}
