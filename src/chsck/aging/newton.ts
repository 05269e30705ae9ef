import type { Workspace } from "../../kernels";
import type { Jacobian } from "./jacobian";
import type { RowState, RowStep } from "./panels";
import type { Residual } from "./row-equations";

/** Work that a run has done. */
export interface Effort {
  rows: number;
  iterations: number;
  factorisations: number;
  /** Rows that were done again, shorter: because they were far from their prediction, or because no solution was found. */
  rejected: number;
  failed: number;
  /** Seconds of its parts: rows of the past between rows, the equations, their derivatives, and the linear equations. */
  readonly seconds: { past: number; equations: number; derivatives: number; linear: number };
}

/** A factorisation is known by where it was made: the row, and the state of its iteration. */
export interface KeptFactors {
  readonly r: number;
  readonly place: number;
  readonly sigma: number;
  readonly pairs: Float64Array;
  readonly multiplier: number;
  readonly logOverlap: number;
}

export interface Newton {
  /**
   * Solves a row from its predicted state: by the factorisation of an earlier row and Broyden's updates, or, where `full`, with a new
   * one in every iteration. Returns the number of iterations, or undefined where it does not settle.
   * @param weights of the unknowns: a change counts with the root of its weight.
   */
  solve(
    step: RowStep,
    state: RowState,
    weights: Float64Array,
    settled: number,
    full: boolean,
  ): number | undefined;
  /** Where the factorisation was made that the next row begins with. */
  kept(): KeptFactors | undefined;
  /** Makes the factorisation of a step and state again. */
  restore(step: RowStep, state: RowState): void;
}

const MOST_ITERATIONS = 30;
/** A new factorisation where a change is more than this of the one before, or after so many iterations without. */
const SLOW = 0.5;
const PATIENCE = 8;
const DESPERATE = 14;
/** Broyden's updates that are kept within a row. */
const MEMORY = 40;
/** What a rank-one update may do to a step. */
const UPDATE_RANGE = { least: -5, most: 0.9 };
const LOST = 1e3;

export const newtonRoom = (unknowns: number): readonly number[] => [
  unknowns * unknowns,
  unknowns,
  unknowns / 2 + 1,
];

export function createNewton(
  unknowns: number,
  residual: Residual,
  jacobian: Jacobian,
  workspace: Workspace,
  effort: Effort,
  isGauged = false,
): Newton {
  const { kernels } = workspace;
  const matrix = workspace.float64(unknowns * unknowns);
  const vector = workspace.float64(unknowns);
  const pivots = workspace.int32(unknowns);
  const rowScale = new Float64Array(unknowns);
  const steps = Array.from({ length: MEMORY }, () => new Float64Array(unknowns));
  const { seconds } = effort;
  /** None where the next row needs a new one. */
  let kept: KeptFactors | undefined;

  function evaluate(step: RowStep, state: RowState): void {
    const begin = performance.now();
    residual(step, state, vector);
    seconds.equations += (performance.now() - begin) / 1000;
  }

  function factorise(step: RowStep, state: RowState): boolean {
    const begin = performance.now();
    jacobian(step, state, matrix);
    const filled = performance.now();
    seconds.derivatives += (filled - begin) / 1000;
    for (let i = 0; i < unknowns; i++) {
      const row = matrix.subarray(i * unknowns, (i + 1) * unknowns);
      let largest = 0;
      for (let k = 0; k < unknowns; k++) largest = Math.max(largest, Math.abs(row[k]));
      rowScale[i] = 1 / largest;
      for (let k = 0; k < unknowns; k++) row[k] *= rowScale[i];
    }
    const { r, place, sigma } = step;
    const { pairs, multiplier, logOverlap } = state;
    const isRegular = kernels.factorLU(unknowns, matrix, pivots) < 0;
    kept = isRegular ? { r, place, sigma, pairs: pairs.slice(), multiplier, logOverlap } : undefined;
    seconds.linear += (performance.now() - filled) / 1000;
    return isRegular;
  }

  /** Newton's direction with the kept factors, in `vector`. */
  function direction(): void {
    const begin = performance.now();
    for (let i = 0; i < unknowns; i++) vector[i] *= -rowScale[i];
    kernels.solveLU(unknowns, matrix, pivots, 1, vector);
    seconds.linear += (performance.now() - begin) / 1000;
  }

  /** Broyden's updates, as factors of the inverse (Kelley): each turns the step before it into the one after. */
  function update(count: number, weights: Float64Array): void {
    const share = (s: Float64Array) => {
      let [product, square] = [0, 0];
      for (let i = 0; i < unknowns; i++) {
        product += weights[i] * s[i] * vector[i];
        square += weights[i] * s[i] * s[i];
      }
      return product / square;
    };
    for (let n = 0; n + 1 < count; n++) {
      const part = share(steps[n]);
      const next = steps[n + 1];
      for (let i = 0; i < unknowns; i++) vector[i] += part * next[i];
    }
    const part = Math.max(UPDATE_RANGE.least, Math.min(UPDATE_RANGE.most, share(steps[count - 1])));
    for (let i = 0; i < unknowns; i++) vector[i] /= 1 - part;
  }

  /** Takes the step, and returns how large it is. */
  function take(state: RowState, weights: Float64Array): number {
    const pairs = state.pairs.length - 2;
    let largest = 0;
    for (let at = 0; at < pairs; at += 2) {
      state.pairs[at] += vector[at];
      state.pairs[at + 1] += vector[at + 1];
      const change = Math.abs(vector[at]) + Math.sqrt(weights[at + 1]) * Math.abs(vector[at + 1]);
      // Not the other way round: NaN has to come through.
      if (!(change <= largest)) largest = change;
    }
    state.multiplier += vector[pairs];
    const others = [Math.sqrt(weights[pairs]) * Math.abs(vector[pairs])];
    if (unknowns > pairs + 1) {
      if (isGauged) state.pairs[pairs + 1] += vector[pairs + 1];
      else state.logOverlap += vector[pairs + 1];
      others.push(Math.sqrt(weights[pairs + 1]) * Math.abs(vector[pairs + 1]));
    }
    return Math.max(largest, ...others);
  }

  return {
    solve(step, state, weights, settled, full) {
      let updates = 0;
      let [change, before] = [1, 1];
      let fresh = false;
      for (let n = 0; n < MOST_ITERATIONS; n++) {
        const slow = n > 0 && change > SLOW * before;
        const stuck = n > PATIENCE || updates >= MEMORY;
        evaluate(step, state);
        if (!kept || full || n > DESPERATE || (!fresh && (slow || stuck))) {
          effort.factorisations++;
          if (!factorise(step, state)) return undefined;
          fresh = true;
          updates = 0;
        }
        direction();
        if (updates > 0) update(updates, weights);
        if (updates < MEMORY) steps[updates++].set(vector);
        before = change;
        change = take(state, weights);
        effort.iterations++;
        if (!(change < LOST)) {
          kept = undefined;
          return undefined;
        }
        if (change < settled) return n + 1;
      }
      kept = undefined;
      return undefined;
    },
    kept: () => kept,
    restore(step, state) {
      residual(step, state, vector);
      factorise(step, state);
    },
  };
}
