import { positive, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { checkModes, type Modes } from "../../models/random-features/modes";
import { checkBatch } from "../../models/random-features/stability";
import { findRoot } from "../../numerics/roots";
import { createRelaxation, type Relaxation } from "./relaxation";

/** A horizon of any length, in continuous time. */
export interface AdditiveProblem {
  readonly modes: Modes;
  /** m, constant. */
  readonly batchSize: number;
  /** T > 0; up to 1e9 and beyond. */
  readonly horizon: number;
  /** Largest rate; null for none. */
  readonly cap: number | null;
}

/** The optimal schedule for additive noise. */
export interface AdditiveOptimum {
  /** L*(T) − s2. */
  readonly excess: number;
  /** τ* = ∫₀ᵀ η. */
  readonly clock: number;
  /** Steps at the end in which the rate is below the cap; T where it always is. */
  readonly annealingWindow: number;
  /** The clock left when the annealing begins. */
  readonly annealingClock: number;
  /** T − t*, with ∫ η from t* to the end 1; T where the whole clock is below 1. */
  readonly edge: number;
  /** η(t), 0 ≤ t ≤ T. */
  rate(t: number): number;
  /** χ(t) = ∫ₜᵀ η. */
  clockLeft(t: number): number;
}

/**
 * The optimal schedule when the noise of SGD does not depend on the loss, L → s2 in its source: in closed form for every
 * spectrum (RF.12), η = min(cap, c/√K(χ)) with χ(t) = ∫ₜᵀ η. One equation for one number is left: for the whole clock without
 * a cap (RF.13), for the clock of the annealing with one (RF.14).
 * @throws InvalidParameterError, also where there is no noise, s2 = 0
 */
export function additiveOptimum(problem: AdditiveProblem): AdditiveOptimum {
  const { modes, batchSize, horizon, cap } = record("problem", problem);
  checkModes(modes);
  checkBatch("batchSize", batchSize);
  positive("horizon", horizon);
  if (cap !== null) positive("cap", cap);
  if (!(modes.floor > 0)) {
    const allowed =
      'a variance above 0 (or modes that are not trained) for the dynamics "additive": without noise there is no best schedule';
    throw new InvalidParameterError("labelNoise", modes.floor, allowed);
  }
  const noise = modes.floor / batchSize;
  const free = uncapped(modes, noise, horizon);
  return cap === null || free.rate(0) <= cap ? free : capped(modes, noise, horizon, cap);
}

/** Without a cap: c = S(τ)/T, −F′(τ) T = 2 (s2/m) S(τ) √K(τ) (RF.13). */
function uncapped(modes: Modes, noise: number, horizon: number): AdditiveOptimum {
  // Beyond it the bias is gone to all digits, or the drift is below the noise.
  const most = largestClock(modes, noise, horizon);
  const relaxation = createRelaxation(modes, most);
  const { drift, annealing, kernel, bias } = relaxation;
  const gain = (y: number) => {
    const clock = Math.expm1(y);
    return drift(clock) * horizon - 2 * noise * annealing(clock) * Math.sqrt(kernel(clock)); // RF.13
  };
  const clock = Math.expm1(findRoot(gain, 0, Math.log1p(most)));
  const total = annealing(clock);
  const excess = bias(clock) + (noise * total * total) / horizon; // RF.15
  return schedule(relaxation, {
    horizon,
    clock,
    excess,
    scale: total / horizon,
    annealingClock: clock,
    window: horizon,
  });
}

/** A clock at which the condition (RF.13) has changed its sign. */
function largestClock(modes: Modes, noise: number, horizon: number): number {
  for (let most = 1; ; most *= 8) {
    const { drift, annealing, kernel } = createRelaxation(modes, most);
    const k = kernel(most);
    if (drift(most) * horizon <= 2 * noise * annealing(most) * Math.sqrt(k) || k === 0) return most;
  }
}

/** With a cap: c = cap √K(χ*), window S(χ*)/c, τ = χ* + cap (T − window) (RF.14). */
function capped(modes: Modes, noise: number, horizon: number, cap: number): AdditiveOptimum {
  const relaxation = createRelaxation(modes, cap * horizon);
  const { drift, annealing, kernel, bias, noiseBetween } = relaxation;
  const run = (annealingClock: number) => {
    const scale = cap * Math.sqrt(kernel(annealingClock));
    const window = annealing(annealingClock) / scale;
    return { scale, window, clock: annealingClock + cap * (horizon - window) };
  };
  // The annealing takes the whole horizon at most.
  const full = (y: number) => run(Math.expm1(y)).window - horizon;
  const top = Math.log1p(cap * horizon);
  const last = full(top) > 0 ? findRoot(full, 0, top) : top;
  const gain = (y: number) => {
    const annealingClock = Math.expm1(y);
    const { clock } = run(annealingClock);
    return drift(clock) - noise * cap * (kernel(clock) + kernel(annealingClock)); // RF.14
  };
  // At the start the noise of a jump to 0 is the largest: no annealing at all is best where even that is small.
  const annealingClock = gain(0) >= 0 ? 0 : Math.expm1(findRoot(gain, 0, last));
  const { scale, window, clock } = run(annealingClock);
  const excess =
    bias(clock) + noise * (scale * annealing(annealingClock) + cap * noiseBetween(annealingClock, clock)); // RF.15
  return schedule(relaxation, { horizon, clock, excess, scale, annealingClock, window, cap });
}

interface Solved {
  readonly horizon: number;
  readonly clock: number;
  readonly excess: number;
  /** c. */
  readonly scale: number;
  readonly annealingClock: number;
  readonly window: number;
  readonly cap?: number;
}

function schedule({ annealing, kernel, clockOfAnnealing }: Relaxation, solved: Solved): AdditiveOptimum {
  const { horizon, clock, excess, scale, annealingClock, window, cap = Infinity } = solved;
  const clockLeft = (t: number) => {
    if (!(t >= 0 && t <= horizon)) {
      throw new InvalidParameterError("t", t, `a number from 0 to the horizon, ${horizon}`);
    }
    const left = horizon - t;
    // The time map T − t = ∫ dχ/η (RF.12).
    return left <= window ? clockOfAnnealing(scale * left) : annealingClock + cap * (left - window);
  };
  /** T − t at which the clock left is χ. */
  const timeLeft = (left: number) =>
    left <= annealingClock ? annealing(left) / scale : window + (left - annealingClock) / cap;
  return {
    excess,
    clock,
    annealingWindow: window,
    annealingClock,
    edge: clock <= 1 ? horizon : timeLeft(1), // RF.16
    clockLeft,
    rate: (t) => Math.min(cap, scale / Math.sqrt(kernel(clockLeft(t)))), // RF.12
  };
}
