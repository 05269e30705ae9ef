import { createWorkspace, float64Bytes } from "../../kernels";
import type { Modes } from "../../models/random-features/modes";
import { advanceModes } from "../../volterra/random-features/recursion";

/** A coordinate descent at work. */
export interface Descent {
  /** η_t, improved by every pass. */
  readonly rate: Float64Array;
  /**
   * The pass forward that fills the store at first; it keeps the rates, so that a descent from the rates of another goes on as that
   * one, to the last bit. Yields often; returns L(T) − s2.
   */
  begin(): Generator<void, number>;
  /** One sweep back and forth: every η_t is made its best twice. Yields often; returns L(T) − s2, not above the last. */
  sweep(): Generator<void, number>;
}

/** Modes times steps between two yields. */
const SLICE = 1e6;

/** Where the kernels put their sums. */
const [FIRST, SECOND, NOISE, TOTAL] = [0, 1, 2, 3];

/** Bytes that a descent takes. */
export const descentBytes = (modes: number, horizon: number): number =>
  float64Bytes(modes * horizon, modes, modes, modes, modes, 4);

/**
 * Exact cyclic coordinate descent on the learning rates. L(T) is a convex quadratic of each single η_t, least at (RF.11)
 *
 *     η_t = S1/((1 + 1/m) S2 + L_t G_t/m) in [0, cap],   S1 = Σ λ P(t+1) q(t),   S2 = Σ λ² P(t+1) q(t),
 *
 * with the moments q of (RF.2) and the adjoints P, G of (RF.8). The store has one row of modes a step; each pass leaves in
 * it what the other one needs, q(t) or P(t+1). A kernel takes the step before and the sums of this one together: every mode
 * is read once a step.
 * @throws MemoryError
 */
export function createDescent(modes: Modes, batch: Float64Array, cap: number, start: Float64Array): Descent {
  const count = modes.eigenvalue.length;
  const horizon = batch.length;
  const workspace = createWorkspace(descentBytes(count, horizon));
  const { kernels } = workspace;
  const put = (values: Float64Array) => {
    const view = workspace.float64(values.length);
    view.set(values);
    return view;
  };
  const { floor } = modes;
  const [eigenvalue, noiseWeight, first] = [modes.eigenvalue, modes.noiseWeight, modes.start].map(put);
  const last = workspace.float64(count).fill(1);
  const sums = workspace.float64(4);
  const store = workspace.float64(horizon * count);
  const rows = Array.from({ length: horizon }, (_, t) => store.subarray(t * count, (t + 1) * count));
  // The steps start from q(0) or P(T) itself, which a rate of 0 leaves, then from the row just written.
  const vectors = (before: Float64Array, row: Float64Array) => ({ eigenvalue, noiseWeight, before, row });
  const ahead = rows.map((row, t) => vectors(t === 0 ? first : rows[t - 1], row));
  const back = rows.map((row, t) => vectors(t === horizon - 1 ? last : rows[t + 1], row));
  const rate = Float64Array.from(start);
  const losses = new Float64Array(horizon);
  const slice = Math.ceil(SLICE / count);

  const best = (t: number): number => {
    const eta = sums[FIRST] / ((1 + 1 / batch[t]) * sums[SECOND] + (losses[t] * sums[NOISE]) / batch[t]); // RF.11
    return eta >= 0 ? Math.min(eta, cap) : rate[t];
  };

  /** The loss after the last step. */
  const end = () => {
    const q = Float64Array.from(rows[horizon - 1]);
    return advanceModes(modes, q, rate[horizon - 1], batch[horizon - 1], losses[horizon - 1] - floor);
  };

  function* backward(): Generator<void, void> {
    let [eta, spread, kick] = [0, 1, 0];
    for (let t = horizon - 1; t >= 0; t--) {
      kernels.stepAdjoints(count, eta, spread, kick, back[t], sums);
      rate[t] = eta = best(t);
      spread = 1 + 1 / batch[t];
      kick = ((eta * eta) / batch[t]) * sums[NOISE]; // RF.8
      if (t % slice === 0) yield;
    }
  }

  function* forward(choose: (t: number) => number): Generator<void, number> {
    let [eta, spread, kick] = [0, 1, 0];
    for (let t = 0; t < horizon; t++) {
      kernels.stepMoments(count, eta, spread, kick, ahead[t], sums);
      losses[t] = floor + sums[TOTAL];
      rate[t] = eta = choose(t);
      spread = 1 + 1 / batch[t];
      kick = ((eta * eta) / batch[t]) * losses[t]; // RF.2
      if (t % slice === 0) yield;
    }
    return end();
  }

  return {
    rate,
    begin: () => forward((t) => rate[t]),
    *sweep() {
      yield* backward();
      return yield* forward(best);
    },
  };
}
