import { excess, type Modes } from "../../models/random-features/modes";
import { advanceModes } from "../../volterra/random-features/recursion";
import { type StepSums, stepBackward, stepForward } from "./descent-loops";

/** A coordinate descent at work. */
export interface Descent {
  /** η_t, improved by every pass. */
  readonly rate: Float64Array;
  /** The pass forward that fills the store at first; it keeps the rates. Yields often; returns L(T) − s2. */
  begin(): Generator<void, number>;
  /** One sweep back and forth: every η_t is made its best twice. Yields often; returns L(T) − s2, not above the last. */
  sweep(): Generator<void, number>;
}

/** Modes times steps between two yields. */
const SLICE = 1e6;

/** Bytes that a descent takes. */
export const descentBytes = (modes: number, horizon: number): number => 8 * modes * (horizon + 2);

/**
 * Exact cyclic coordinate descent on the learning rates. L(T) is a convex quadratic of each single η_t, least at (RF.11)
 *
 *     η_t = S1/((1 + 1/m) S2 + L_t G_t/m) in [0, cap],   S1 = Σ λ P(t+1) q(t),   S2 = Σ λ² P(t+1) q(t),
 *
 * with the moments q of (RF.2) and the adjoints P, G of (RF.8). The store has one row of modes a step; each pass leaves in
 * it what the other one needs, q(t) or P(t+1). The loops take the step before and the sums of this one together: every mode
 * is read once a step.
 */
export function createDescent(modes: Modes, batch: Float64Array, cap: number, start: Float64Array): Descent {
  const { eigenvalue, noiseWeight, floor } = modes;
  const count = eigenvalue.length;
  const horizon = batch.length;
  const rate = Float64Array.from(start);
  const losses = new Float64Array(horizon);
  const store = new Float64Array(horizon * count);
  const rows = Array.from({ length: horizon }, (_, t) => store.subarray(t * count, (t + 1) * count));
  const moving = new Float64Array(count);
  const slice = Math.ceil(SLICE / count);
  const sums: StepSums = { first: 0, second: 0, noise: 0, excess: 0 };

  const best = (t: number): number => {
    const eta = sums.first / ((1 + 1 / batch[t]) * sums.second + (losses[t] * sums.noise) / batch[t]); // RF.11
    return eta >= 0 ? Math.min(eta, cap) : rate[t];
  };

  /** The loss after the last step, whose q are moving. */
  const end = () =>
    advanceModes(modes, moving, rate[horizon - 1], batch[horizon - 1], losses[horizon - 1] - floor);

  function* backward(): Generator<void, void> {
    moving.fill(1); // P(T): a step with η = 0 leaves it.
    let [eta, spread, kick] = [0, 1, 0];
    for (let t = horizon - 1; t >= 0; t--) {
      stepBackward(eigenvalue, noiseWeight, moving, rows[t], eta, spread, kick, sums);
      rate[t] = eta = best(t);
      spread = 1 + 1 / batch[t];
      kick = ((eta * eta) / batch[t]) * sums.noise; // RF.8
      if (t % slice === 0) yield;
    }
  }

  function* forward(): Generator<void, number> {
    moving.set(modes.start);
    let [eta, spread, kick] = [0, 1, 0];
    for (let t = 0; t < horizon; t++) {
      stepForward(eigenvalue, noiseWeight, moving, rows[t], eta, spread, kick, sums);
      losses[t] = floor + sums.excess;
      rate[t] = eta = best(t);
      spread = 1 + 1 / batch[t];
      kick = ((eta * eta) / batch[t]) * losses[t]; // RF.2
      if (t % slice === 0) yield;
    }
    return end();
  }

  return {
    rate,
    *begin() {
      moving.set(modes.start);
      let sum = excess(moving);
      for (let t = 0; t < horizon; t++) {
        store.set(moving, t * count);
        losses[t] = floor + sum;
        if (t < horizon - 1) sum = advanceModes(modes, moving, rate[t], batch[t], sum);
        if (t % slice === 0) yield;
      }
      return end();
    },
    *sweep() {
      yield* backward();
      return yield* forward();
    },
  };
}
