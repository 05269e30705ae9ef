import type { Modes } from "../../models/random-features/modes";
import type { MomentumSteps } from "../../models/random-features/momentum";
import {
  advanceMoments,
  checkMomentumSteps,
  momentumStart,
  stepOf,
} from "../../volterra/random-features/momentum";
import { checkMemory } from "./learning-rate";

/** The loss after the last step of SGD with momentum, and its derivatives by the coefficients of every step. */
export interface MomentumGradient {
  /** L(T) − s2; Infinity where it leaves the range of numbers, and the gradient then means nothing. */
  readonly excess: number;
  /** ∂L(T)/∂g2. */
  readonly direct: Float64Array;
  /** ∂L(T)/∂g3. */
  readonly accumulated: Float64Array;
  /** ∂L(T)/∂Δ. */
  readonly damping: Float64Array;
}

/**
 * The exact adjoint of the moments (RF.26): the transposed linear map of every mode, and the source by which L feeds the noise
 * of all of them. In one go: T steps with K modes take about 4e-8 TK seconds.
 * @throws InvalidParameterError, also named `horizon` where 3 T K numbers do not fit into a gigabyte
 */
export function momentumGradient(modes: Modes, steps: MomentumSteps, batch: Float64Array): MomentumGradient {
  checkMomentumSteps(steps, batch);
  const { eigenvalue, noiseWeight, floor } = modes;
  const horizon = batch.length;
  const count = eigenvalue.length;
  checkMemory(modes, horizon, 3);
  const moments = momentumStart(modes);
  const { dd, dy, yy } = moments;
  const store = new Float64Array(3 * horizon * count);
  const losses = new Float64Array(horizon);
  let excess = dd.reduce((sum, value) => sum + value, 0);
  for (let t = 0; t < horizon; t++) {
    store.set(dd, 3 * t * count);
    store.set(dy, (3 * t + 1) * count);
    store.set(yy, (3 * t + 2) * count);
    losses[t] = floor + excess;
    excess = advanceMoments(modes, moments, stepOf(steps, batch, t), excess);
    if (!(excess < Infinity)) break;
  }
  const gradient = {
    direct: new Float64Array(horizon),
    accumulated: new Float64Array(horizon),
    damping: new Float64Array(horizon),
  };
  if (!(excess < Infinity)) return { excess: Infinity, ...gradient };

  // The adjoints of λE d², λE dy and λE y².
  const ofDd = new Float64Array(count).fill(1);
  const ofDy = new Float64Array(count);
  const ofYy = new Float64Array(count);
  for (let t = horizon - 1; t >= 0; t--) {
    const { direct, accumulated, damping, batch: m } = stepOf(steps, batch, t);
    const r = 1 - damping;
    const b = direct + accumulated;
    const f = accumulated * r;
    const spread = 1 + 1 / m;
    const noise = losses[t] / m;
    const row = 3 * t * count;
    let [byB, byF, byR, feedback] = [0, 0, 0, 0];
    for (let k = 0; k < count; k++) {
      const lambda = eigenvalue[k];
      const weight = noiseWeight[k];
      const x = store[row + k];
      const c = store[row + count + k];
      const y = store[row + 2 * count + k];
      const [px, pc, py] = [ofDd[k], ofDy[k], ofYy[k]];
      const square = lambda * lambda * spread;
      const gg = square * x + weight * noise;
      // Derivatives of (RF.26) by b, f and r.
      byB += px * (2 * b * gg - 2 * lambda * x + 2 * f * lambda * c) - pc * (r * lambda * c + gg);
      byF += px * (2 * f * y - 2 * c + 2 * b * lambda * c) - pc * (r * y + lambda * c);
      byR += pc * (c - b * lambda * c - f * y) + py * (2 * r * y + 2 * lambda * c);
      feedback += weight * (b * b * px - b * pc + py);
      ofDd[k] = px * (1 + b * b * square - 2 * b * lambda) + pc * (lambda - b * square) + py * square;
      ofDy[k] =
        px * (2 * b * f * lambda - 2 * f) + pc * (r - b * r * lambda - f * lambda) + py * 2 * r * lambda;
      ofYy[k] = px * f * f - pc * f * r + py * r * r;
    }
    for (let k = 0; k < count; k++) ofDd[k] += feedback / m;
    // b = g2 + g3, f = g3 r, r = 1 − Δ.
    gradient.direct[t] = byB;
    gradient.accumulated[t] = byB + r * byF;
    gradient.damping[t] = -(byR + accumulated * byF);
  }
  return { excess, ...gradient };
}
