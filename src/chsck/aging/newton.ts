import type { Workspace } from "../../kernels";
import type { Jacobian } from "./jacobian";
import type { RowState, RowStep } from "./panels";
import type { Residual } from "./row-equations";

/** Work that a run has done. */
export interface Effort {
  rows: number;
  iterations: number;
  factorisations: number;
  /** Rows that were done again, shorter. */
  rejected: number;
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
): Newton {
  const { kernels } = workspace;
  const matrix = workspace.float64(unknowns * unknowns);
  const vector = workspace.float64(unknowns);
  const pivots = workspace.int32(unknowns);
  const rowScale = new Float64Array(unknowns);
  const steps = Array.from({ length: MEMORY }, () => new Float64Array(unknowns));
  let factored = false;

  function factorise(step: RowStep, state: RowState): boolean {
    jacobian(step, state, matrix);
    for (let i = 0; i < unknowns; i++) {
      const row = matrix.subarray(i * unknowns, (i + 1) * unknowns);
      let largest = 0;
      for (let k = 0; k < unknowns; k++) largest = Math.max(largest, Math.abs(row[k]));
      rowScale[i] = 1 / largest;
      for (let k = 0; k < unknowns; k++) row[k] *= rowScale[i];
    }
    factored = kernels.factorLU(unknowns, matrix, pivots) < 0;
    effort.factorisations++;
    return factored;
  }

  /** Newton's direction with the kept factors, in `vector`. */
  function direction(): void {
    for (let i = 0; i < unknowns; i++) vector[i] *= -rowScale[i];
    kernels.solveLU(unknowns, matrix, pivots, 1, vector);
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
      state.logOverlap += vector[pairs + 1];
      others.push(Math.sqrt(weights[pairs + 1]) * Math.abs(vector[pairs + 1]));
    }
    return Math.max(largest, ...others);
  }

  return {
    solve(step, state, weights, settled, full) {
      let kept = 0;
      let [change, before] = [1, 1];
      let fresh = false;
      for (let n = 0; n < MOST_ITERATIONS; n++) {
        const slow = n > 0 && change > SLOW * before;
        const stuck = n > PATIENCE || kept >= MEMORY;
        residual(step, state, vector);
        if (!factored || full || n > DESPERATE || (!fresh && (slow || stuck))) {
          if (!factorise(step, state)) return undefined;
          fresh = true;
          kept = 0;
        }
        direction();
        if (kept > 0) update(kept, weights);
        if (kept < MEMORY) steps[kept++].set(vector);
        before = change;
        change = take(state, weights);
        effort.iterations++;
        if (!(change < LOST)) {
          factored = false;
          return undefined;
        }
        if (change < settled) return n + 1;
      }
      factored = false;
      return undefined;
    },
  };
}
